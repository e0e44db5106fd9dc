'use client'
import { useUploadIds, useUploadTotals } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { acceptWords } from '../format/accept-words.ts'
import { BanIcon, LockIcon, UploadIcon } from '../icons.tsx'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'
import { HiddenInput } from './hidden-input.tsx'
import { Trigger } from './trigger.tsx'

/** Says what can be dropped and where, and what is being dragged. A large panel while the list is empty, a slim bar above it afterwards. */
export function Dropzone({ className, children, onClick, ...props }: ComponentProps<'div'>): ReactElement {
  const { dropzone, disabled } = useDropzoneState()
  const slim = useUploadIds().length > 0
  const drag = dropzone.isDragReject ? 'reject' : dropzone.isDragActive ? 'accept' : undefined
  // Opened as a drop zone of one's own is, but by this part alone: the root, which takes the drops, is the whole widget.
  const { onClick: open } = dropzone.getRootProps<HTMLDivElement>({ onClick })
  return (
    // The keyboard has the trigger inside: this is only a larger target for the pointer, and a second button to a screen reader would be one too many.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      // Not by the second half of a double click whose first one has taken the last row away, and made this large.
      onClick={(event) => (event.detail > 1 ? onClick : open)?.(event)}
      {...props}
      {...partProps('dropzone', className)}
      data-slim={slim ? '' : undefined}
      data-dragging={drag}
      data-disabled={disabled ? '' : undefined}
    >
      <div className="cd-dropzone-idle">{children ?? <DropzonePrompt slim={slim} />}</div>
      {drag && <DragPrompt refused={drag === 'reject'} />}
      <HiddenInput />
    </div>
  )
}

function DropzonePrompt({ slim }: { readonly slim: boolean }): ReactElement {
  const { messages, format } = useWidget()
  const { restrictions, encryption } = useDropzoneState()
  const prompt = slim ? messages.dropMore : messages.dropFiles
  const { accept, maxSize, maxFiles } = restrictions
  const allowed = acceptWords(accept, messages, format)
  const limits = messages.limits({
    allowed,
    maxSize: maxSize === undefined ? null : format.limit(maxSize),
    maxFiles: maxFiles === undefined || maxFiles === 1 ? null : format.number(maxFiles),
    many: maxFiles !== 1,
  })
  // One word is enough for the eye, which has the sentence around it. What is said has to contain what is seen.
  const name = slim && messages.dropFiles.action.includes(prompt.action) ? messages.dropFiles.action : undefined
  const photos = !slim && JSON.stringify(accept ?? '').includes('image/')
  return (
    <>
      <UploadIcon />
      <span className="cd-prompt">
        <span className="cd-wide">{prompt.before}</span>
        <Trigger aria-label={name}>{prompt.action}</Trigger>
        {prompt.after}
        {photos && <span className="cd-narrow">{messages.orTakePhoto}</span>}
      </span>
      {!slim && limits && <span className="cd-hint">{limits}</span>}
      {!slim && encryption && (
        <span className="cd-hint cd-encryption">
          <LockIcon />
          {messages.storedEncrypted(encryption.kind)}
        </span>
      )}
    </>
  )
}

function DragPrompt({ refused }: { readonly refused: boolean }): ReactElement {
  const { messages, format } = useWidget()
  const { dropzone, restrictions } = useDropzoneState()
  const { accept, maxFiles = Infinity } = restrictions
  const { files } = useUploadTotals()
  // One more than there is room for is refused whatever its kind.
  const refusal =
    files + (dropzone.dragCount ?? 0) > maxFiles
      ? messages.limits({ allowed: null, maxSize: null, maxFiles: format.number(maxFiles), many: true })
      : messages.dropRefused(acceptWords(accept, messages, format))
  return (
    <div className="cd-dropzone-drag">
      {refused ? <BanIcon /> : <UploadIcon />}
      <span className="cd-prompt">{refused ? refusal : messages.dropToAdd(dropzone.dragCount)}</span>
    </div>
  )
}
