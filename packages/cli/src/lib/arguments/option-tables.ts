/** What `util.parseArgs` takes, and the word that stands for the value in the help. */
export interface OptionShape {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly placeholder?: string
}

export const commonOptions = {
  json: { type: 'boolean' },
  lang: { type: 'string', placeholder: 'en|zh-CN' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export const doctorOptions = {
  bucket: { type: 'string', placeholder: 'NAME-APPID' },
  region: { type: 'string', placeholder: 'REGION' },
  origin: { type: 'string', placeholder: 'URL' },
  endpoint: { type: 'string', placeholder: 'URL' },
  redirect: { type: 'string', placeholder: 'URL' },
  prefix: { type: 'string', placeholder: 'PREFIX' },
  apply: { type: 'boolean' },
  'secret-id': { type: 'string', placeholder: 'ID' },
} as const

export const policyOptions = {} as const

export const signOptions = {
  bucket: { type: 'string', placeholder: 'NAME-APPID' },
  region: { type: 'string', placeholder: 'REGION' },
  endpoint: { type: 'string', placeholder: 'URL' },
  key: { type: 'string', placeholder: 'KEY' },
  'min-size': { type: 'string', placeholder: 'SIZE' },
  'max-size': { type: 'string', placeholder: 'SIZE' },
  field: { type: 'string', multiple: true, placeholder: 'NAME=VALUE' },
  expires: { type: 'string', placeholder: 'SECONDS' },
  format: { type: 'string', placeholder: 'json|curl|html' },
  file: { type: 'string', placeholder: 'PATH' },
  'secret-id': { type: 'string', placeholder: 'ID' },
} as const

export const uploadOptions = {
  policy: { type: 'string', placeholder: 'URL' },
  header: { type: 'string', multiple: true, placeholder: 'NAME=VALUE' },
  bucket: { type: 'string', placeholder: 'NAME-APPID' },
  region: { type: 'string', placeholder: 'REGION' },
  endpoint: { type: 'string', placeholder: 'URL' },
  key: { type: 'string', placeholder: 'KEY' },
  field: { type: 'string', multiple: true, placeholder: 'NAME=VALUE' },
  'secret-id': { type: 'string', placeholder: 'ID' },
} as const

export const devOptions = {
  port: { type: 'string', placeholder: 'NUMBER' },
  'policy-port': { type: 'string', placeholder: 'NUMBER' },
  data: { type: 'string', placeholder: 'FOLDER' },
  accept: { type: 'string', placeholder: 'TYPES' },
  'max-size': { type: 'string', placeholder: 'SIZE' },
} as const

export type CommonOption = keyof typeof commonOptions
export type DoctorOption = keyof typeof doctorOptions
export type PolicyOption = keyof typeof policyOptions
export type SignOption = keyof typeof signOptions
export type UploadOption = keyof typeof uploadOptions
export type DevOption = keyof typeof devOptions
