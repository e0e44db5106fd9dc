import type { HelpMessages } from './help-messages.ts'

const bucket = 'the bucket, with its APPID'
const region = 'its region, such as ap-guangzhou'
const endpoint = "the bucket's URL, when it is a custom domain or a local emulator"
const secretId = 'the SecretId, when it is not in the environment'

export const helpInEnglish: HelpMessages = {
  usage: 'Usage',
  commands: 'Commands',
  options: 'Options',
  tagline: 'Uploads from the browser straight into Tencent Cloud COS: look at a bucket, read a policy, try an upload.',
  more: 'cosdrop COMMAND --help tells more.',
  exitCodes: ['Exit code 0: all is well. 1: something was found, or failed. 2: the command was used wrongly.'],
  environment: [
    'Credentials: COS_SECRET_ID, COS_SECRET_KEY and, with temporary ones, COS_TOKEN; or the same as COS_SECRETID, COS_SECRETKEY,',
    'or TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN.',
    'Language: --lang, else LC_ALL, LC_MESSAGES, LANG. Colours: NO_COLOR, FORCE_COLOR.',
  ],
  common: {
    json: 'one JSON object on standard output, for programs',
    lang: 'the language of the texts',
    'no-color': 'no colours',
    help: 'this text',
  },
  doctor: {
    summary: 'finds out whether pages of an origin can upload into a bucket, and what to set if not',
    notes: [
      'Sends the preflight of a browser. With credentials also a test upload (removed at once) and, when asked for, a redirect; reads the CORS rules;',
      'prints the rules to paste. --apply writes them: rules are added or extended, never removed.',
    ],
    options: {
      bucket,
      region,
      origin: 'scheme and host of the page, such as https://www.example.com',
      endpoint,
      redirect: 'a landing page to try success_action_redirect with',
      prefix: 'where test objects are put (default cosdrop-doctor/)',
      apply: 'write the CORS rules that are missing',
      'secret-id': secretId,
    },
  },
  policy: {
    summary: 'says in plain words what a policy permits, and what is unsafe about it',
    notes: ['POLICY is the Base64 of the form field "policy", its JSON, a signed form, or - for standard input.'],
    options: {},
  },
  sign: {
    summary: 'signs a form, as JSON, as a curl command or as HTML',
    notes: [
      'Fields that --field does not name are held at "not set", as a policy endpoint does.',
      'The output is a permission to upload: pass it on to nobody else.',
    ],
    options: {
      bucket,
      region,
      endpoint,
      key: "the object's key; ${filename} in it stands for the file's name",
      'min-size': 'the smallest file (default 0)',
      'max-size': 'the largest file, such as 10MB (default 100MB)',
      field: 'a form field with its value; may be repeated',
      expires: 'how long it may be used (default 900)',
      format: 'what to print (default json)',
      file: 'the file that the curl command sends',
      'secret-id': secretId,
    },
  },
  upload: {
    summary: 'uploads one file as a page would, with progress and CRC-64 check',
    notes: ['The form comes from a policy endpoint (--policy), or is signed here with credentials (--bucket and --region).'],
    options: {
      policy: 'URL of a policy endpoint',
      header: 'a header for the policy endpoint, such as Authorization=…; may be repeated',
      bucket,
      region,
      endpoint,
      key: "the object's key (default: the file's name)",
      field: 'a wish for a form field; may be repeated',
      'secret-id': secretId,
    },
  },
  dev: {
    summary: 'runs a local COS and a policy endpoint for it',
    notes: ['The credentials are the documented demo ones, and anyone who reaches the endpoint may upload: for this machine only.'],
    options: {
      port: 'port of the local COS (default 9000; 0 takes a free one)',
      'policy-port': 'port of the policy endpoint (default 9001; 0 takes a free one)',
      data: 'keeps objects in this folder (default: in memory)',
      accept: 'types that are signed for, such as image/*,.pdf',
      'max-size': 'the largest file (default 5GB)',
    },
  },
}
