import type { Settings } from './settings.ts'
import type { Trouble } from './troubles.ts'

interface Props {
  readonly settings: Settings
  readonly troubles: readonly Trouble[]
  readonly onChange: (part: Partial<Settings>) => void
}

const THEMES = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const
const LOCALES = [
  ['en', 'English'],
  ['zh-CN', '中文'],
] as const

/** One select; `options` are pairs of value and text, and the value that comes back is one of them. */
function Choice<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly options: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}) {
  const { label, value, options, onChange } = props
  return (
    <label className="page-choice">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.currentTarget.value)
          if (chosen) onChange(chosen[0])
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

export function SettingsForm({ settings, troubles, onChange }: Props) {
  const choices = [['', 'None'] as const, ...troubles.map(({ name, title }) => [name, title] as const)]
  return (
    <form className="page-settings" aria-label="Settings of this page">
      <Choice label="Trouble" value={settings.trouble} options={choices} onChange={(trouble) => onChange({ trouble })} />
      <Choice label="Language" value={settings.locale} options={LOCALES} onChange={(locale) => onChange({ locale })} />
      <Choice label="Theme" value={settings.theme} options={THEMES} onChange={(theme) => onChange({ theme })} />
    </form>
  )
}
