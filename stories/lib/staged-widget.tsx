import type { Restrictions } from '@cosdrop/core'
import { CosUploader, type WidgetProps } from '@cosdrop/react-ui'
import { useState, type ReactElement } from 'react'
import { createStagedUploader, type Stage } from '../../packages/react-ui/src/lib/testing/staged-uploader.ts'

export const imagesAndPdf: Restrictions = { accept: { 'image/*': [], 'application/pdf': ['.pdf'] }, maxSize: 20 * 1024 * 1024, maxFiles: 50 }

export interface StagedWidgetProps extends Pick<WidgetProps, 'messages' | 'dir' | 'encryption' | 'disabled'> {
  /** Called once: times in it count from then. */
  readonly stage: () => Stage
  readonly restrictions?: Restrictions
}

/** The widget over an uploader that stands still. */
export function StagedWidget({ stage, restrictions = imagesAndPdf, ...props }: StagedWidgetProps): ReactElement {
  const [uploader] = useState(() => createStagedUploader(stage()))
  return <CosUploader {...props} uploader={uploader} restrictions={restrictions} />
}
