import type { PolicyDocumentError } from '@cosdrop/protocol'
import type { PolicyWarning } from '../policy/find-warnings.ts'
import type { HelpMessages } from './help-messages.ts'

/** COS error codes for which there is something to do that the code does not say. */
export type HintedCode =
  | 'AccessDenied'
  | 'AccessForbidden'
  | 'ExpiredToken'
  | 'InvalidAccessKeyId'
  | 'NoSuchBucket'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch'

type WarningTexts = { readonly [Code in PolicyWarning['code']]: (warning: Extract<PolicyWarning, { readonly code: Code }>) => string }
type Fill<Names extends string> = (values: Readonly<Record<Names, string>>) => string

/** Every text that the command shows. One object of this type per language: a text that one of them lacks is a type error. */
export interface Messages {
  readonly help: HelpMessages
  readonly usage: {
    readonly noCommand: string
    readonly unknownCommand: Fill<'name'>
    readonly unknownOption: Fill<'option'>
    readonly missingValue: Fill<'option'>
    readonly dashedValue: Fill<'option'>
    readonly unexpectedValue: Fill<'option'>
    readonly unexpectedArgument: Fill<'argument'>
    readonly missingOption: Fill<'option'>
    readonly missingFile: string
    readonly badValue: Fill<'option' | 'value' | 'expected'>
    readonly notBeside: Fill<'option' | 'other'>
    readonly badHeader: Fill<'name'>
    readonly ownHeader: Fill<'name'>
    readonly passwordInUrl: Fill<'option'>
    readonly wholeNumber: string
    readonly port: string
    readonly size: string
    readonly httpUrl: string
    readonly origin: string
    readonly nameValue: string
    readonly seeHelp: Fill<'command'>
    readonly secretOnCommandLine: string
    readonly policyOrBucket: string
  }
  readonly failures: {
    readonly noCredentials: string
    readonly halfCredentials: Fill<'missing'>
    readonly unreachable: Fill<'host' | 'reason'>
    readonly broken: Fill<'host' | 'reason'>
    readonly noTls: Fill<'host' | 'reason'>
    readonly untrusted: Fill<'host' | 'reason'>
    readonly fileUnreadable: Fill<'path' | 'reason'>
    readonly noPlainFile: Fill<'path'>
    readonly fileChanged: Fill<'path'>
    readonly endpointRefused: Fill<'url' | 'status' | 'code' | 'message'>
    readonly endpointMalformed: Fill<'url' | 'status'>
    readonly endpointMoved: Fill<'url' | 'to'>
    readonly service: Fill<'status' | 'code' | 'message' | 'requestId'>
    readonly ended: string
    readonly notCos: Fill<'status'>
    readonly rules: Fill<'message'>
    readonly portTaken: Fill<'port'>
    readonly portUnusable: Fill<'port' | 'reason'>
    readonly dataFolder: Fill<'message'>
    readonly canceled: string
    readonly canceledLate: string
    readonly unexpected: Fill<'message'>
    readonly policy: { readonly [Problem in PolicyDocumentError['problem']]: string }
    readonly noPolicy: string
  }
  readonly hints: { readonly [Code in HintedCode]: string }
  readonly duration: (seconds: number) => string
  readonly doctor: {
    readonly bucket: string
    readonly address: string
    readonly page: string
    readonly preflight: string
    readonly rules: string
    readonly upload: string
    readonly readable: string
    readonly redirect: string
    readonly preflightAllowed: Fill<'maxAge'>
    readonly preflightAllowedUncached: string
    readonly preflightRefused: Fill<'reason'>
    readonly preflightOther: Fill<'origin'>
    readonly nobody: string
    readonly ruleMatched: Fill<'number' | 'count'>
    readonly ruleMatchedNamed: Fill<'number' | 'count' | 'id'>
    readonly noRuleMatched: Fill<'count'>
    readonly noRules: string
    readonly refused: Fill<'reason'>
    readonly stored: string
    readonly storedVerified: string
    readonly storedMismatch: string
    readonly storedUnreadable: string
    readonly blankFieldsRefused: string
    readonly leftBehind: Fill<'key'>
    /** Where neither the answer to the test upload nor that to its removal came. */
    readonly perhapsLeft: Fill<'key'>
    readonly allReadable: string
    readonly unreadable: Fill<'headers'>
    readonly redirected: Fill<'location'>
    readonly redirectIncomplete: string
    readonly redirectIgnored: Fill<'status'>
    readonly landingAnswered: Fill<'status'>
    readonly landingSilent: string
    readonly readers: { readonly frame: string; readonly xhr: string; readonly page: string }
    readonly skipped: { readonly 'no-credentials': string; readonly 'not-asked': string; readonly 'upload-refused': string }
    readonly healthy: string
    /** Where no test upload was made. */
    readonly healthyUntried: string
    readonly unhealthy: string
    readonly repairExtend: Fill<'number'>
    readonly repairAdd: string
    readonly repairAddUnseen: string
    readonly repairFull: Fill<'most'>
    readonly repairElsewhere: string
    readonly asJson: string
    readonly asXml: string
    readonly applyHint: string
    readonly applied: string
    readonly applyRefused: Fill<'reason'>
    readonly difference: string
    readonly differenceRule: Fill<'number'>
  }
  readonly policy: {
    readonly permits: string
    readonly valid: string
    readonly validUntil: Fill<'expiration' | 'left'>
    readonly endedAt: Fill<'expiration' | 'ago'>
    readonly validUnclear: Fill<'expiration'>
    readonly bucket: string
    readonly anyBucket: string
    readonly key: string
    readonly keyFixed: Fill<'value'>
    readonly keyPrefix: Fill<'value'>
    readonly anyKey: string
    readonly size: string
    readonly sizeRange: Fill<'min' | 'max'>
    readonly sizeExact: Fill<'size'>
    readonly anySize: string
    readonly signedBy: string
    readonly unknownSigner: string
    readonly fixedFields: string
    readonly fixedAs: Fill<'field' | 'value'>
    readonly fixedEmpty: Fill<'fields'>
    readonly prefixedBy: Fill<'field' | 'value'>
    readonly mustBePresent: Fill<'field'>
    readonly warnings: Fill<'count'>
    readonly noWarnings: string
    readonly warning: WarningTexts
  }
  readonly sign: {
    readonly button: string
    readonly file: string
  }
  readonly upload: {
    readonly of: Fill<'sent' | 'total'>
    readonly timeLeft: Fill<'duration'>
    readonly waiting: string
    readonly stored: Fill<'name' | 'size'>
    readonly location: string
    readonly versionId: string
    readonly integrity: string
    readonly verified: string
    readonly unavailable: string
    readonly mismatch: string
    readonly requestId: string
    readonly notVersioned: string
  }
  readonly dev: {
    readonly page: string
    readonly emulator: string
    readonly policy: string
    readonly bucket: string
    readonly stop: string
  }
}
