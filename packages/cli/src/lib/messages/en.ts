import { helpInEnglish } from './help-en.ts'
import type { Messages } from './messages.ts'

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}

export const english: Messages = {
  help: helpInEnglish,
  usage: {
    noCommand: 'Say what to do: doctor, policy explain, sign, upload or dev.',
    unknownCommand: ({ name }) => `There is no command "${name}". There are doctor, policy explain, sign, upload and dev.`,
    unknownOption: ({ option }) => `There is no option ${option} here.`,
    missingValue: ({ option }) => `${option} needs a value.`,
    dashedValue: ({ option }) => `${option} needs a value. One that begins with a dash is written ${option}=-….`,
    unexpectedValue: ({ option }) => `${option} takes no value.`,
    unexpectedArgument: ({ argument }) => `"${argument}" is one argument too many.`,
    missingOption: ({ option }) => `${option} is missing.`,
    missingFile: 'Name the file to upload.',
    badValue: ({ option, value, expected }) => `${option} cannot be "${value}": it is ${expected}.`,
    notBeside: ({ option, other }) => `${option} means nothing beside ${other}.`,
    badHeader: ({ name }) => `The header "${name}" cannot be sent: its name or its value has a character that HTTP does not allow there.`,
    ownHeader: ({ name }) => `The header "${name}" cannot be given: the connection sets it itself.`,
    passwordInUrl: ({ option }) =>
      `${option} cannot hold a user name or a password. A policy endpoint takes them as --header "Authorization=Basic …".`,
    wholeNumber: 'a whole number above 0',
    port: 'a port from 0 to 65535',
    size: 'a number of bytes, or a number with KB, MB or GB (1 KB is 1024 bytes)',
    httpUrl: 'an absolute URL that starts with http:// or https://',
    origin: 'scheme and host of the page alone, such as https://www.example.com',
    nameValue: 'a name and a value with = between them',
    seeHelp: ({ command }) => `See: ${command} --help`,
    secretOnCommandLine:
      'The SecretKey does not belong on the command line: others on this machine could read it, and the shell keeps it. Set COS_SECRET_KEY instead.',
    policyOrBucket: 'Say where the form comes from: --policy with the URL of a policy endpoint, or --bucket and --region to sign here.',
  },
  failures: {
    noCredentials: 'There are no credentials to sign with. Set COS_SECRET_ID and COS_SECRET_KEY (and COS_TOKEN with temporary ones).',
    halfCredentials: ({ missing }) => `Half of the credentials is there, but ${missing} is not set.`,
    unreachable: ({ host, reason }) =>
      `${host} did not answer (${reason}). Check the name, the region and the network; for a local service, that it runs.`,
    broken: ({ host, reason }) =>
      `${host} broke the connection (${reason}) without an answer. If the whole file had been sent, it may be stored all the same.`,
    noTls: ({ host, reason }) =>
      `${host} answered, but not with the TLS of https (${reason}); nothing was sent. For a local service, write http:// in place of https://.`,
    untrusted: ({ host, reason }) =>
      `${host} showed a certificate that this machine does not trust (${reason}), so nothing was sent. If a proxy of your own network signs here, name its authority in NODE_EXTRA_CA_CERTS.`,
    fileUnreadable: ({ path, reason }) => `"${path}" cannot be read (${reason}). Check the path and its permissions.`,
    noPlainFile: ({ path }) => `"${path}" is no plain file but a folder, a pipe or a device. An upload says its size beforehand: name a file.`,
    fileChanged: ({ path }) => `"${path}" changed while it was being sent, so the upload was given up. Try again when nothing writes to it.`,
    endpointRefused: ({ url, status, code, message }) => `${url} refused (${status}, ${code}): ${message}`,
    endpointMalformed: ({ url, status }) => `${url} answered ${status}, but with no signed form. Is it a Cosdrop policy endpoint?`,
    endpointMoved: ({ url, to }) =>
      `${url} redirects to ${to}, where no signed form came back. Name the endpoint's own address; if that is a login, sign in with --header.`,
    service: ({ status, code, message, requestId }) => `COS answered ${status} ${code}: "${message}" (request ${requestId}).`,
    ended: 'What was signed had ended: it was signed too long ago, or the clock of the machine that signed it is behind.',
    notCos: ({ status }) => `Something answered ${status} that is not COS's. Check the bucket, the region and --endpoint.`,
    rules: ({ message }) => message,
    portTaken: ({ port }) => `Port ${port} is in use. Choose another one; 0 takes any that is free.`,
    portUnusable: ({ port, reason }) =>
      `Port ${port} cannot be opened (${reason}). Low ones take special rights. Choose another one; 0 takes any that is free.`,
    dataFolder: ({ message }) => `--data: ${message}`,
    canceled: 'Canceled.',
    canceledLate: 'Canceled. The whole file was on its way, so it may be stored all the same.',
    unexpected: ({ message }) => `Something unforeseen went wrong: ${message}`,
    policy: {
      'not-base64': 'This is not Base64. Pass the value of the form field "policy", its JSON, or a whole signed form.',
      'not-json': 'Under the Base64 there is no JSON object, so COS would refuse it (InvalidPolicyDocument).',
      'no-conditions': 'The policy has no conditions; COS refuses that (InvalidPolicyDocument).',
      'bad-condition':
        'One of the conditions is not of a form that COS knows: {"field": "value"}, ["eq" | "starts-with", "$field", "value"] or ["content-length-range", min, max].',
      'bad-expiration': 'The expiration is not a time. It must be ISO 8601 in UTC, such as 2026-08-30T09:38:12.414Z.',
    },
    noPolicy: 'There is nothing to explain. Pass the Base64 of a policy, or pipe it in.',
  },
  hints: {
    AccessDenied:
      'The key pair lacks a permission. An upload needs name/cos:PostObject, the doctor also GetBucketCORS, PutBucketCORS and DeleteObject.',
    AccessForbidden: 'No CORS rule of the bucket admits this page.',
    ExpiredToken: 'The temporary credentials have ended. Fetch new ones.',
    InvalidAccessKeyId: 'COS does not know the SecretId. Check COS_SECRET_ID.',
    NoSuchBucket: 'There is no such bucket in this region. The name includes the APPID: name-1250000000.',
    RequestTimeTooSkewed: 'The clock of this machine is wrong by more than 15 minutes.',
    SignatureDoesNotMatch: 'The SecretKey does not belong to the SecretId.',
  },
  duration(seconds) {
    if (seconds < 120) return count(Math.round(seconds), 'second')
    if (seconds < 7200) return count(Math.round(seconds / 60), 'minute')
    if (seconds < 172_800) return count(Math.round(seconds / 360) / 10, 'hour')
    return count(seconds < 864_000 ? Math.round(seconds / 8640) / 10 : Math.round(seconds / 86_400), 'day')
  },
  doctor: {
    bucket: 'Bucket',
    address: 'Address',
    page: 'Page',
    preflight: 'Preflight',
    rules: 'CORS rule',
    upload: 'Test upload',
    readable: 'Headers',
    redirect: 'Redirect',
    preflightAllowed: ({ maxAge }) => `pages of this origin may upload; browsers keep the answer for ${maxAge}`,
    preflightAllowedUncached:
      'pages of this origin may upload; browsers ask again before nearly every file, for the rule has no MaxAgeSeconds above 0',
    preflightRefused: ({ reason }) => `browsers will not let this page upload. ${reason}`,
    preflightOther: ({ origin }) => `browsers will not let this page upload: the answer is meant for ${origin}`,
    nobody: 'nobody',
    ruleMatched: ({ number, count: all }) => `rule ${number} of ${all} answers this page`,
    ruleMatchedNamed: ({ number, count: all, id }) => `rule ${number} of ${all}, "${id}", answers this page`,
    noRuleMatched: ({ count: all }) =>
      all === '1' ? 'the only rule does not answer this page and POST' : `none of the ${all} rules answers this page and POST`,
    noRules: 'the bucket has no CORS rules',
    refused: ({ reason }) => `refused. ${reason}`,
    stored: 'stored and removed again',
    storedVerified: 'stored, its CRC-64 verified, and removed again',
    storedMismatch: 'stored, but with other bytes than were sent: the CRC-64 differs',
    storedUnreadable: 'stored, but the page may not read the answer: to it every upload looks like a network error',
    blankFieldsRefused: 'the bucket refuses empty form fields: set blankPins: false in the policy endpoint',
    leftBehind: ({ key }) => `the test object could not be removed; delete it yourself: ${key}`,
    perhapsLeft: ({ key }) => `A test object may have been left in the bucket; look for it there, and delete it: ${key}`,
    allReadable: 'the page can read all that the library looks at',
    unreadable: ({ headers }) => `the page cannot read ${headers}`,
    redirected: ({ location }) => `to ${location}`,
    redirectIncomplete: 'bucket, key and etag are missing in the address',
    redirectIgnored: ({ status }) => `COS stored the object and answered ${status} without redirecting`,
    landingAnswered: ({ status }) => `the landing page answered ${status}`,
    landingSilent: 'the landing page did not answer this machine',
    readers: {
      frame: 'readable from a hidden iframe (same origin)',
      xhr: 'readable by XHR (the landing page admits Origin: null)',
      page: 'readable by the landing page itself',
    },
    skipped: {
      'no-credentials': 'not tried: set COS_SECRET_ID and COS_SECRET_KEY',
      'not-asked': 'not tried: name a landing page with --redirect',
      'upload-refused': 'not tried: the test upload did not get through',
    },
    healthy: 'Uploads from this page will work.',
    healthyUntried: 'Browsers let this page upload. Whether storage takes what your server signs was not tried.',
    unhealthy: 'Uploads from this page will not work as they should.',
    repairExtend: ({ number }) => `Rule ${number} must expose more headers. The whole configuration, with that done:`,
    repairAdd: 'One rule has to be added. The whole configuration, with that done:',
    repairAddUnseen: 'This rule is needed, before any other that names the same origin (the present rules could not be read):',
    repairFull: ({ most }) => `The bucket has ${most} CORS rules, and COS takes no more. Remove one that nobody needs, then run this again.`,
    repairElsewhere: 'The rules of the bucket are right, so something between it and here (a CDN, a custom domain, a cache) drops the headers.',
    asJson: 'for putBucketCors of the SDKs, or field by field in the console (Security Management, CORS):',
    asXml: 'for PUT Bucket cors:',
    applyHint: 'Run this again with --apply to write it. No rule is removed.',
    applied: 'Written, and looked at again:',
    applyRefused: ({ reason }) => `The rules could not be written. ${reason}`,
    difference: 'What changes:',
    differenceRule: ({ number }) => `rule ${number}`,
  },
  policy: {
    permits: 'Whoever holds this policy and its signature may upload one file after another:',
    valid: 'Time',
    validUntil: ({ expiration, left }) => `until ${expiration}, ${left} from now`,
    endedAt: ({ expiration, ago }) => `ended at ${expiration}, ${ago} ago`,
    validUnclear: ({ expiration }) => `until ${expiration}, in no known zone`,
    bucket: 'Bucket',
    anyBucket: 'any bucket of the account',
    key: 'Key',
    keyFixed: ({ value }) => `${value}, and no other: a second upload replaces the first`,
    keyPrefix: ({ value }) => `any that starts with ${value}`,
    anyKey: 'any, so any object can be replaced',
    size: 'Size',
    sizeRange: ({ min, max }) => `${min} to ${max}`,
    sizeExact: ({ size }) => `exactly ${size}`,
    anySize: 'any, up to the 5 GB of one POST',
    signedBy: 'SecretId',
    unknownSigner: 'not named',
    fixedFields: 'Fields',
    fixedAs: ({ field, value }) => `${field} must be ${value}`,
    fixedEmpty: ({ fields }) => `empty: ${fields}`,
    prefixedBy: ({ field, value }) => `${field} must start with ${value}`,
    mustBePresent: ({ field }) => `${field} must be sent, with any value`,
    warnings: ({ count: all }) => `${all} to think about:`,
    noWarnings: 'Nothing to object to.',
    warning: {
      expired: () => 'It has ended: COS refuses every upload with it (403 AccessDenied). Sign a new one for each upload.',
      'time-without-zone': () => 'The time has no zone, so COS cannot read it. Write UTC with a Z: new Date(…).toISOString().',
      'local-time': ({ hours }) =>
        `The two ends lie ${count(Math.abs(hours), 'hour')} apart, as if local time had been written with a Z. Format the expiration in UTC.`,
      'ends-differ': ({ seconds }) =>
        `Policy and key time do not end together: they lie ${english.duration(Math.abs(seconds))} apart, and the earlier one counts.`,
      'long-life': ({ seconds }) => `It lives ${english.duration(seconds)}. Whoever copies it can upload that long; 15 to 30 minutes are enough.`,
      'no-size-range': () => 'The size is not limited: add ["content-length-range", min, max], or visitors fill the bucket at your cost.',
      'size-over-limit': ({ max }) => `The largest size is ${max} bytes, but one POST stores at most 5 GB.`,
      'any-bucket': () => 'No bucket is named, so it works for every bucket that the key pair may write to.',
      'any-key': () => 'The key is not limited: visitors can replace any object of the bucket. Name the key, or a prefix of its own for each user.',
      'no-signature-conditions': ({ fields }) =>
        `The page demands conditions on ${fields.join(', ')}; without them the policy is not tied to its signature.`,
      unpinned: ({ fields, severity }) =>
        `${fields.join(', ')} can be set to anything: COS accepts fields that a policy does not name.` +
        (severity === 'danger'
          ? ' With them a visitor decides who reads the file, what a browser makes of it, and where the upload ends.'
          : ' They decide about cost and encryption.'),
      'open-prefix': ({ field }) =>
        `The prefix for ${field} is too short to hold anything: name the values, or end the prefix behind the host's slash.`,
      'public-object': ({ value }) => `The object will be ${value}: others than its owner can read whatever visitors upload.`,
      'active-content': ({ value }) => `${value} runs in browsers: an uploaded file can act as a page of your domain.`,
      'unknown-field': ({ field }) => `COS documents no form field "${field}". Is it a spelling mistake?`,
      contradiction: ({ field }) => `Two conditions demand different values of ${field}: no form can satisfy both.`,
    },
  },
  sign: { button: 'Upload', file: 'FILE' },
  upload: {
    of: ({ sent, total }) => `${sent} of ${total}`,
    timeLeft: ({ duration }) => `${duration} left`,
    waiting: 'sent, waiting for storage',
    stored: ({ name, size }) => `${name} (${size}) is stored.`,
    location: 'Location',
    versionId: 'Version',
    integrity: 'CRC-64',
    verified: 'verified: the stored bytes are those that were sent',
    unavailable: 'not told by the service, so nothing was compared',
    mismatch: 'DIFFERENT: the stored bytes are not those that were sent. Upload the file again.',
    requestId: 'Request',
    notVersioned: 'none (the bucket keeps no versions)',
  },
  dev: {
    page: 'What happened',
    emulator: 'Bucket',
    policy: 'Policy endpoint',
    bucket: 'Name',
    stop: 'Ctrl+C ends both. Files are kept in memory unless --data names a folder.',
  },
}
