import type { CommonOption, DevOption, DoctorOption, PolicyOption, SignOption, UploadOption } from '../arguments/option-tables.ts'

interface CommandHelp<Option extends string> {
  /** One line. */
  readonly summary: string
  /** Behind the options; may be empty. */
  readonly notes: readonly string[]
  readonly options: Readonly<Record<Option, string>>
}

export interface HelpMessages {
  readonly usage: string
  readonly commands: string
  readonly options: string
  readonly tagline: string
  readonly more: string
  readonly exitCodes: readonly string[]
  readonly environment: readonly string[]
  readonly common: Readonly<Record<CommonOption, string>>
  readonly doctor: CommandHelp<DoctorOption>
  readonly policy: CommandHelp<PolicyOption>
  readonly sign: CommandHelp<SignOption>
  readonly upload: CommandHelp<UploadOption>
  readonly dev: CommandHelp<DevOption>
}
