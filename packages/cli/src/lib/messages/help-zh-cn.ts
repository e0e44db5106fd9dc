import type { HelpMessages } from './help-messages.ts'

const bucket = '存储桶名称，含 APPID'
const region = '所在地域，例如 ap-guangzhou'
const endpoint = '存储桶的地址，用于自定义域名或本地模拟器'
const secretId = 'SecretId，未在环境变量中设置时使用'

export const helpInChinese: HelpMessages = {
  usage: '用法',
  commands: '命令',
  options: '选项',
  tagline: '从浏览器直接上传到腾讯云 COS：检查存储桶、解读策略、试传文件。',
  more: '运行 cosdrop 命令 --help 查看详情。',
  exitCodes: ['退出码 0：一切正常。1：发现问题或执行失败。2：命令用法有误。'],
  environment: [
    '密钥：COS_SECRET_ID、COS_SECRET_KEY，临时密钥还需 COS_TOKEN；也可用 COS_SECRETID、COS_SECRETKEY，',
    '或 TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_SECRET_KEY、TENCENTCLOUD_TOKEN。',
    '语言：--lang，其次 LC_ALL、LC_MESSAGES、LANG。颜色：NO_COLOR、FORCE_COLOR。',
  ],
  common: {
    json: '在标准输出打印一个 JSON 对象，供程序使用',
    lang: '文字的语言',
    'no-color': '不使用颜色',
    help: '显示本帮助',
  },
  doctor: {
    summary: '检查某来源的页面能否上传到存储桶；如不能，指出需要的设置',
    notes: [
      '发送与浏览器相同的预检请求。有密钥时还会试传一个小对象（随即删除），并可测试重定向；读取跨域规则，',
      '打印可直接粘贴的规则。--apply 会写入规则：只添加或扩展，从不删除。',
    ],
    options: {
      bucket,
      region,
      origin: '页面的协议与域名，例如 https://www.example.com',
      endpoint,
      redirect: '用于测试 success_action_redirect 的落地页',
      prefix: '试传对象的位置（默认 cosdrop-doctor/）',
      apply: '写入缺少的跨域规则',
      'secret-id': secretId,
    },
  },
  policy: {
    summary: '用通俗的文字说明策略允许什么，以及哪里不安全',
    notes: ['POLICY 可以是表单字段 policy 的 Base64、它的 JSON、签名表单，或用 - 表示标准输入。'],
    options: {},
  },
  sign: {
    summary: '签名一个表单，输出 JSON、curl 命令或 HTML',
    notes: ['--field 没有提到的字段会固定为“未设置”，与签名接口相同。', '输出内容就是上传许可，请勿转给他人。'],
    options: {
      bucket,
      region,
      endpoint,
      key: '对象键；其中的 ${filename} 代表文件名',
      'min-size': '文件的最小大小（默认 0）',
      'max-size': '文件的最大大小，例如 10MB（默认 100MB）',
      field: '表单字段及其值，可重复',
      expires: '有效时间，单位为秒（默认 900）',
      format: '输出格式（默认 json）',
      file: 'curl 命令要发送的文件',
      'secret-id': secretId,
    },
  },
  upload: {
    summary: '像页面一样上传一个文件，显示进度并校验 CRC-64',
    notes: ['表单来自签名接口（--policy），或用密钥在本机签名（--bucket 和 --region）。'],
    options: {
      policy: '签名接口的地址',
      header: '发给签名接口的请求头，例如 Authorization=…，可重复',
      bucket,
      region,
      endpoint,
      key: '对象键（默认为文件名）',
      field: '希望设置的表单字段，可重复',
      'secret-id': secretId,
    },
  },
  dev: {
    summary: '运行本地 COS 及其签名接口',
    notes: ['使用文档中的演示密钥，任何能访问接口的人都可以上传：仅限本机使用。'],
    options: {
      port: '本地 COS 的端口（默认 9000；0 表示任意空闲端口）',
      'policy-port': '签名接口的端口（默认 9001；0 表示任意空闲端口）',
      data: '把对象保存在此文件夹（默认保存在内存中）',
      accept: '允许签名的类型，例如 image/*,.pdf',
      'max-size': '文件的最大大小（默认 5GB）',
    },
  },
}
