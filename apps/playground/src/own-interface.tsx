import { useCosUpload } from '@cosdrop/react'
import { describeItem } from './describe-item.ts'

/** What an app that brings its own look writes: the hook gives state and props, the page gives everything that is seen. */
export function OwnInterface({ policy }: { readonly policy: string }) {
  const { items, getRootProps, getInputProps, getTriggerProps, isDragActive, cancel, retry, remove } = useCosUpload({ policy })
  return (
    <div {...getRootProps({ className: 'own', 'data-over': isDragActive ? '' : undefined })}>
      <input {...getInputProps({ tabIndex: -1, 'aria-hidden': true })} />
      <button {...getTriggerProps({ className: 'own-button' })}>Choose files</button>
      <span className="own-hint">or drop them anywhere in this box</span>
      <ol className="own-list">
        {items.map((item) => (
          <li key={item.id} className="own-item" data-state={item.status}>
            <strong>{item.name}</strong>
            <span>{describeItem(item)}</span>
            {item.status === 'uploading' && item.progress.kind === 'bytes' && (
              <progress value={item.progress.sent} max={item.progress.total} aria-label={`Progress of ${item.name}`} />
            )}
            {item.status === 'error' && (
              <button aria-label={`Retry ${item.name}`} onClick={() => retry(item.id)}>
                Retry
              </button>
            )}
            {item.status === 'success' || item.status === 'error' || item.status === 'canceled' ? (
              <button aria-label={`Remove ${item.name}`} onClick={() => remove(item.id)}>
                Remove
              </button>
            ) : (
              <button aria-label={`Cancel ${item.name}`} onClick={() => cancel(item.id)}>
                Cancel
              </button>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
