import { describe, expect, it } from 'vitest'
import { captured, type CapturedRun } from './testing/captured-run.ts'
import { localBucket } from './testing/local-bucket.ts'
import { english } from './messages/en.ts'
import { chinese } from './messages/zh-cn.ts'

const BUCKET = ['--bucket', 'examplebucket-1250000000', '--region', 'ap-guangzhou']
const ENV = { COS_SECRET_ID: 'AKIDexample', COS_SECRET_KEY: 'secret-key-of-thirty-two-letters', COS_TOKEN: 'temporary-token-nobody-may-see' }

describe('cosdrop', () => {
  it.each([
    ['--help', 0],
    ['-h', 0],
    ['help', 0],
    ['--version', 0],
    ['doctor --help', 0],
    ['policy explain --help', 0],
    ['', 2],
    ['dance', 2],
    ['policy', 2],
    ['doctor', 2],
    ['doctor --nonsense', 2],
    ['doctor --bucket', 2],
    ['doctor --apply=yes', 2],
    ['upload', 2],
    ['upload a b', 2],
    ['upload README.md', 2],
    ['--lang tlh --help', 2],
  ])('%s ends with %i', async (line, exit) => {
    const run = await captured(line === '' ? [] : line.split(' '))
    expect([line, run.exit]).toEqual([line, exit])
    // What was asked for is on standard output, what went wrong is on standard error, never both.
    expect([run.stdout === '', run.stderr === '']).toEqual([exit !== 0, exit === 0])
  })

  it.each([
    ['--help', '--json'],
    ['doctor', '-h', '--json'],
    ['--json', 'help'],
  ])('prints nothing but JSON for programs: %s %s %s', async (...args) => {
    const [text, json] = [await captured(args.filter((word) => word !== '--json')), await captured(args)]
    expect(JSON.parse(json.stdout)).toEqual({ help: text.stdout.trimEnd() })
    expect([json.exit, json.stderr]).toEqual([0, ''])
  })

  it.each([
    [['doctor', ...BUCKET], '--origin is missing.'],
    [['doctor', ...BUCKET, '--origin', 'example.com'], '--origin cannot be "example.com"'],
    [['doctor', ...BUCKET, '--origin', 'localhost:3000'], '--origin cannot be "localhost:3000"'],
    [['doctor', ...BUCKET, '--origin', 'https://a.example', '--redirect', 'localhost:3000/done'], '--redirect cannot be "localhost:3000/done"'],
    [['doctor', ...BUCKET, '--origin', 'https://a.example', '--redirect', 'done'], '--redirect cannot be "done"'],
    [['sign', ...BUCKET, '--key', 'a', '--max-size', '10 apples'], '--max-size cannot be "10 apples"'],
    [['sign', ...BUCKET, '--key', 'a', '--max-size', '1.5'], '--max-size cannot be "1.5"'],
    [['sign', ...BUCKET, '--key', 'a', '--max-size', '99999999999GB'], 'cannot be used'],
    [['sign', ...BUCKET, '--key', 'a', '--expires', '-1'], '--expires needs a value. One that begins with a dash is written --expires=-….'],
    [['sign', ...BUCKET, '--key', 'a', '--expires', '0'], '--expires cannot be "0": it is a whole number above 0.'],
    [['sign', ...BUCKET, '--key', 'a', '--expires', '1.5'], '--expires cannot be "1.5"'],
    [['sign', ...BUCKET, '--key'], '--key needs a value.'],
    [['sign', ...BUCKET, '--key', ''], '--key is missing.'],
    [['sign', ...BUCKET, '--key', 'a', '--format', 'xml'], '--format cannot be "xml": it is json, curl, html.'],
    [['sign', ...BUCKET, '--key', 'a', '--field', 'acl'], '--field cannot be "acl"'],
    [['sign', ...BUCKET, '--key', 'a', '--secret-key', 'x'], 'does not belong on the command line'],
    [['sign', ...BUCKET, '--key', 'a', '--max-size', '6GB'], 'POST Object stores at most 5368709120 bytes (5 GB).'],
    [['sign', ...BUCKET, '--key', '/a'], 'The object key starts with "/"'],
    [['upload', import.meta.filename], 'Say where the form comes from: --policy'],
    [['upload', import.meta.filename, '--region', 'ap-guangzhou'], '--bucket is missing.'],
    [['dev', '--port', '0', '--policy-port', '0', '--accept', 'pictures'], '"pictures" in accept is neither an extension'],
    [['dev', '--port', '0', '--policy-port', '0', './data'], '"./data" is one argument too many.'],
    [['dev', '--data', ''], '--data needs a value.'],
    [['dev', '--port', ''], '--port cannot be ""'],
    [['dev', '--port', 'high'], '--port cannot be "high"'],
    [['dev', '--port', '99999'], '--port cannot be "99999"'],
    [['dev', '--port', '0', '--policy-port', '65536'], '--policy-port cannot be "65536"'],
  ])('%j is told what is wrong', async (args, sentence) => {
    const run = await captured(args, { env: ENV })
    expect([run.exit, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(sentence)
  })

  it.each([[['--json', 'sign']], [['--lang', 'en', '--json', 'sign']], [['--no-color', '--lang=en', 'sign']]])(
    'takes the options of all commands before the command too: %j',
    async (words) => {
      const run = await captured([...words, ...BUCKET, '--key', 'a'], { env: ENV })
      expect([run.exit, run.stderr]).toEqual([0, ''])
      expect(JSON.parse(run.stdout)).toMatchObject({ fields: { key: 'a' } })
    },
  )

  it('shows the help of the command behind --help', async () => {
    expect((await captured(['--help', 'sign'])).stdout).toContain('cosdrop sign')
  })

  it('tells programs what is wrong on standard output, as JSON', async () => {
    const run = await captured(['doctor', '--json'])
    expect([run.exit, JSON.parse(run.stdout), run.stderr]).toEqual([2, { ok: false, error: { code: 'usage', message: '--bucket is missing.' } }, ''])
    expect(run.stdout.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    [{}, [], english],
    [{ LANG: 'zh_CN.UTF-8' }, [], chinese],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, [], english],
    [{ LANG: 'de_DE.UTF-8' }, [], english],
    [{ LANG: 'C' }, [], english],
    [{ LC_MESSAGES: 'zh_TW' }, [], chinese],
    [{ LANG: 'zh_CN' }, ['--lang', 'en'], english],
    [{}, ['--lang=zh-CN'], chinese],
  ])('speaks the language of %j %j', async (env, args, messages) => {
    expect((await captured(['--help', ...args], { env })).stdout).toContain(messages.help.tagline)
  })

  it.each([
    [{}, [], 80, true],
    [{}, [], undefined, false],
    [{ NO_COLOR: '1' }, [], 80, false],
    [{ NO_COLOR: '' }, [], 80, true],
    [{ TERM: 'dumb' }, [], 80, false],
    [{}, ['--no-color'], 80, false],
    [{ FORCE_COLOR: '1' }, [], undefined, true],
    [{ FORCE_COLOR: '0' }, [], 80, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, [], 80, false],
  ])('with %j %j on a terminal of %s columns: colours %s', async (env, args, terminal, coloured) => {
    const run = await captured(['--help', ...args], { env, ...(terminal !== undefined && { terminal }) })
    expect(run.stdout.includes('\u001b[')).toBe(coloured)
  })

  it('keeps JSON free of colours', async () => {
    const run = await captured(['sign', ...BUCKET, '--key', 'a', '--json'], { env: { ...ENV, FORCE_COLOR: '1' } })
    expect(JSON.parse(run.stdout)).toMatchObject({ fields: { key: 'a' } })
  })

  it.each(['\u202a', '\u2069', '\u007f', '\u0085'])(
    'gives programs JSON also of a key with a sign that it does not show as it is: %j',
    async (mark) => {
      const key = `${mark}invoice.pdf`
      const run = await captured(['sign', ...BUCKET, '--key', key], { env: ENV })
      expect(run.stdout).not.toContain(mark)
      expect(JSON.parse(run.stdout)).toMatchObject({ fields: { key } })
    },
  )

  it.each([
    ['--lang=tlh', 'tlh'],
    ['--lang=', ''],
  ])('names the language that it does not speak: %s', async (option, language) => {
    expect((await captured(['doctor', option])).stderr).toContain(`--lang cannot be "${language}": it is en, zh-CN.`)
  })

  it('says what is missing of the credentials', async () => {
    const ask = async (env: Readonly<Record<string, string>>): Promise<string> => (await captured(['sign', ...BUCKET, '--key', 'a'], { env })).stderr
    expect(await ask({})).toContain('There are no credentials to sign with.')
    expect(await ask({ COS_SECRET_ID: 'a' })).toContain('COS_SECRET_KEY is not set')
    expect(await ask({ TENCENTCLOUD_SECRET_KEY: 'a' })).toContain('TENCENTCLOUD_SECRET_ID is not set')
  })

  it('signs as whom --secret-id names, with the key of the environment, and without a token where there is none', async () => {
    const ask = async (env: Readonly<Record<string, string>>): Promise<CapturedRun> =>
      captured(['sign', ...BUCKET, '--key', 'a', '--secret-id', 'AKIDother'], { env })
    const { fields } = JSON.parse((await ask({ COS_SECRET_ID: 'AKIDa', COS_SECRET_KEY: 'b', COS_TOKEN: '' })).stdout)
    expect(fields).toMatchObject({ 'q-ak': 'AKIDother' })
    expect(fields).not.toHaveProperty('x-cos-security-token')
    expect((await ask({})).stderr).toContain('COS_SECRET_KEY is not set')
  })

  it.each([
    ['COS_SECRET_ID', 'COS_SECRET_KEY'],
    ['COS_SECRETID', 'COS_SECRETKEY'],
    ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'],
  ])('finds credentials under %s', async (id, key) => {
    const run = await captured(['sign', ...BUCKET, '--key', 'a'], { env: { [id]: 'AKIDother', [key]: 'b' } })
    expect(JSON.parse(run.stdout)).toMatchObject({ fields: { 'q-ak': 'AKIDother' } })
  })

  it('shows no secret, whatever goes wrong', async () => {
    const local = await localBucket()
    const env = { ...ENV, COS_SECRET_ID: local.env.COS_SECRET_ID }
    const broken: typeof fetch = () => Promise.reject(new Error(`could not send ${ENV.COS_SECRET_KEY} and ${ENV.COS_TOKEN}`))
    const echo: typeof fetch = async (input, init) =>
      Response.json({ error: { code: 'x', message: JSON.stringify([input, init, env]) } }, { status: 400 })
    const lines = [
      ['doctor', ...local.options, '--origin', 'https://a.example'],
      ['doctor', ...local.options, '--origin', 'https://a.example', '--apply'],
      ['doctor', ...local.options, '--origin', 'https://a.example', '--json'],
      ['upload', import.meta.filename, ...local.options],
      ['upload', import.meta.filename, '--policy', 'http://localhost/', '--json'],
      ['sign', ...BUCKET, '--key', 'a', '--format', 'curl', '--field', `x-cos-meta-a=${ENV.COS_SECRET_KEY}`],
    ]
    for (const args of lines) {
      for (const send of [fetch, broken, echo]) {
        const run = await captured(args, { env, fetch: send })
        expect(run.stdout + run.stderr).not.toBe('')
        expect(run.stdout + run.stderr).not.toContain(ENV.COS_SECRET_KEY)
        // The token is a form field: a signed form shows it, and nothing else does.
        if (args[0] !== 'sign') expect(run.stdout + run.stderr).not.toContain(ENV.COS_TOKEN)
      }
    }
    await local.cos.close()
  })

  it.each([
    ['a header written as curl has it', ['--policy', 'http://localhost/', '--header', 'Authorization: Bearer session-of-anna']],
    ['a header that cannot be sent', ['--policy', 'http://localhost/', '--header=Authorization=Bearer session-of-anna\nx']],
    ['a header that the endpoint repeats', ['--policy', 'http://localhost/', '--header', 'Authorization=Bearer session-of-anna']],
    ['the same, in one word', ['--policy', 'http://localhost/', '--header=Authorization=Bearer session-of-anna']],
    ['the query of an endpoint that is none', ['--policy', 'http://localhost/?key=session-of-anna']],
    ['the query of what is no address', ['--policy', '/policy?key=session-of-anna']],
    ['a password in an address', ['--policy', 'http://anna:session-of-anna@localhost/']],
    ['the same, in one word', ['--policy=http://anna:session-of-anna@localhost/']],
  ])('shows nothing of %s, in text or JSON', async (_what, options) => {
    const echo: typeof fetch = async (input, init) => {
      const { headers, url } = new Request(input, init)
      return Response.json({ error: { code: 'x', message: `${url} with ${headers.get('Authorization')}` } }, { status: 400 })
    }
    const page: typeof fetch = async () => new Response('<html>')
    for (const send of [echo, page])
      for (const how of [[], ['--json']]) {
        const run = await captured(['upload', import.meta.filename, ...options, ...how], { env: ENV, fetch: send })
        expect(run.exit).toBeGreaterThan(0)
        expect(run.stdout + run.stderr).not.toContain('session-of-anna')
      }
  })

  it('writes names and times that people copy out of Chinese texts with the colons that they have', () => {
    const texts = JSON.stringify(chinese, (_name, value: unknown) => (typeof value === 'function' ? String(value) : value))
    expect(texts.match(/[\w/]：[\w/]/g)).toBeNull()
    expect(chinese.hints.AccessDenied).toContain('name/cos:PostObject')
  })

  it('has a Chinese text for every English one', () => {
    const texts = (value: unknown): readonly string[] => {
      if (typeof value === 'string') return [value]
      if (typeof value === 'function') return [String(value.call(null, { fields: ['a'], hours: 1, seconds: 1 }))]
      return value instanceof Object ? Object.values(value).flatMap(texts) : []
    }
    const [inEnglish, inChinese] = [texts(english), texts(chinese)]
    expect(inChinese).toHaveLength(inEnglish.length)
    const same = inChinese.filter((text, index) => text === inEnglish[index])
    expect(same).toEqual(['SecretId', 'FILE', 'CRC-64'])
  })
})
