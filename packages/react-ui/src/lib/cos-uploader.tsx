'use client'
import type { ReactElement } from 'react'
import { Announcer } from './parts/announcer.tsx'
import { Dropzone } from './parts/dropzone.tsx'
import { Panel } from './parts/panel.tsx'
import { Root, type RootProps } from './parts/root.tsx'

export type CosUploaderProps = RootProps

/**
 * The whole widget: `<CosUploader policy="/api/policy" />`. Its styles are in `@cosdrop/react-ui/styles.css`. Children replace its layout by
 * one made of the parts (`CosUpload.Dropzone`, `CosUpload.List`, …).
 */
export function CosUploader({ children, ...props }: CosUploaderProps): ReactElement {
  return (
    <Root {...props}>
      {children ?? (
        <>
          <Dropzone />
          <Panel />
        </>
      )}
      <Announcer />
    </Root>
  )
}
