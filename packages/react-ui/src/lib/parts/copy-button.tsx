'use client'
import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import { copyText } from '../copy-text.ts'
import { CheckIcon, CopyIcon } from '../icons.tsx'
import { useWidget } from '../widget-context.ts'
import { LeavingButton } from './leaving-button.tsx'

interface CopyButtonProps {
  readonly value: string
  /** What is copied, in a word: `ETag`. */
  readonly what: string
  readonly className: string
  readonly children?: ReactNode
}

const SHOWN_MS = 2000

/** Copies the whole value, however short it is shown, and says so. */
export function CopyButton({ value, what, className, children }: CopyButtonProps): ReactElement {
  const { messages, announcer, clock } = useWidget()
  const [copied, setCopied] = useState(false)
  useEffect(() => (copied ? clock.after(SHOWN_MS, () => setCopied(false)) : undefined), [copied, clock])
  const copy = async (button: HTMLElement): Promise<void> => {
    const done = await copyText(value, button)
    setCopied(done)
    announcer.say(done ? messages.copied(what) : messages.copyFailed)
  }
  const label = messages.copy(what)
  return (
    <LeavingButton
      part="copy-trigger"
      look={className}
      title={children === undefined ? label : value}
      data-state={copied ? 'copied' : undefined}
      act={({ currentTarget }) => void copy(currentTarget)}
    >
      {children}
      {copied ? <CheckIcon /> : <CopyIcon />}
      <span className="cd-hidden"> {label}</span>
    </LeavingButton>
  )
}
