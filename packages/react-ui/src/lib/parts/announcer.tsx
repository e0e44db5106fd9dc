'use client'
import { useUploaderContext } from '@cosdrop/react'
import { useEffect, useRef, useSyncExternalStore, type ComponentProps, type ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { createNarrator } from '../narrator.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'

/** The live region. Keep exactly one in a Root, and keep it mounted: screen readers ignore regions that appear together with their text. */
export function Announcer({ className, ...props }: ComponentProps<'div'>): ReactElement {
  const widget = { ...useWidget(), ...useDropzoneState() }
  const uploader = useUploaderContext()
  const { announcer } = widget
  const words = useRef(widget)
  const announcements = useSyncExternalStore(announcer.subscribe, announcer.get, announcer.get)

  useEffect(() => {
    words.current = widget
  })
  useEffect(() => {
    const narrator = createNarrator(words, announcer.say)
    const stops = [uploader.onEvent(narrator.hearEvent), uploader.subscribe(() => narrator.hearSnapshot(uploader.getSnapshot()))]
    return () => {
      for (const stop of stops) stop()
    }
  }, [uploader, announcer])

  return (
    <div role="log" aria-live="polite" aria-atomic="false" aria-relevant="additions" {...props} {...partProps('announcer', className)}>
      {announcements.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
