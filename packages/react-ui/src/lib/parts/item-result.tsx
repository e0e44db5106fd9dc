'use client'
import type { UploadResult } from '@cosdrop/core'
import type { ComponentProps, ReactElement } from 'react'
import { detailRows, hiddenHeaders } from '../detail-rows.ts'
import { explainError } from '../explain-error.ts'
import { shorten, withoutQuotes } from '../format/shorten.ts'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { RichText } from '../rich-text.tsx'
import { useWidget } from '../widget-context.ts'
import { CopyButton } from './copy-button.tsx'

/** How it ended: the proof of storage, or what went wrong and what to do; everything else one step away. Nothing before that. */
export function ItemResult({ className, ...props }: ComponentProps<'div'>): ReactElement | null {
  const { item } = useItemState()
  const { messages, format } = useWidget()
  if (item.status !== 'success' && item.status !== 'error') return null
  return (
    <div {...props} {...partProps('item-result', className)}>
      {item.status === 'success' ? (
        <Proof result={item.result} />
      ) : (
        <p {...partProps('item-error', 'cd-why')}>
          <RichText>{explainError(item.error, messages, { item, format }).text}</RichText>
        </p>
      )}
      <Details />
    </div>
  )
}

function Proof({ result }: { readonly result: UploadResult }): ReactElement {
  const { messages, format } = useWidget()
  // A hidden checksum is told in the details: the file is stored and proved by its ETag.
  const hidden = result.etag === null ? hiddenHeaders(result).map((header) => `\`${header}\``) : []
  const chips = [
    { label: messages.etag, value: result.etag },
    { label: messages.version, value: result.versionId },
  ]
  return (
    <>
      {(result.etag ?? result.versionId) !== null && (
        <div className="cd-chips">
          {chips.map(
            ({ label, value }) =>
              value !== null && (
                <CopyButton key={label} value={value} what={label} className="cd-chip">
                  <em>{label}</em> <span>{shorten(withoutQuotes(value))}</span>
                </CopyButton>
              ),
          )}
        </div>
      )}
      {hidden.length > 0 && (
        <p className="cd-why">
          <RichText>{messages.hiddenHeaders(format.list(hidden))}</RichText>
        </p>
      )}
    </>
  )
}

function Details(): ReactElement | null {
  const { item, detailsId, detailsOpen } = useItemState()
  const { messages } = useWidget()
  if (!detailsOpen) return null
  return (
    <dl id={detailsId} {...partProps('item-details')}>
      {detailRows(item, messages).map(({ label, value, copy }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span dir="auto" title={value}>
              {value}
            </span>
            {copy !== null && <CopyButton value={copy} what={label} className="cd-icon-button" />}
          </dd>
        </div>
      ))}
    </dl>
  )
}
