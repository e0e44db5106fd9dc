import type { Format } from '../format/format.ts'
import { sizeRange, type SizeRange } from '../format/size-range.ts'
import type { ErrorText, Messages, ServiceTexts } from './messages.ts'

export const zhCN: Messages = {
  locale: 'zh-CN',
  units: ['B', 'KB', 'MB', 'GB', 'TB'],
  label: '文件上传',
  files: '文件',

  dropFiles: { before: '将文件拖到此处，或', action: '选择文件', after: '' },
  dropMore: { before: '继续拖入文件，或', action: '选择', after: '' },
  orTakePhoto: '或拍照',
  dropToAdd: (count) => (count === null ? '松开即可添加' : `松开即可添加 ${count} 个文件`),
  dropRefused: (allowed) => (allowed === null ? '此处不能上传这些文件' : spaced(`此处只能上传${allowed}`)),
  kinds: { image: '图片', video: '视频', audio: '音频', text: '文本' },
  limits: ({ allowed, maxSize, maxFiles, many }) =>
    [
      allowed === null ? null : spaced(`支持${allowed}`),
      maxSize === null ? null : `${many ? '单个' : ''}不超过 ${maxSize}`,
      maxFiles === null ? null : `最多 ${maxFiles} 个`,
    ]
      .filter((part) => part !== null)
      .join('，'),
  storedEncrypted: (how) => `加密存储（${how}）`,

  doneOf: (done, all) => `${done} / ${all}`,
  bytesOf: (part, whole) => `${part} / ${whole}`,
  speed: (bytes) => `${bytes}/秒`,
  secondsLeft: (seconds) => {
    if (seconds < 60) return `剩余 ${seconds} 秒`
    const minutes = Math.round(seconds / 60)
    return minutes < 60 ? `剩余 ${minutes} 分钟` : `剩余 ${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`
  },
  pause: '暂停',
  resume: '继续',
  retryAll: (count) => `重试 ${count} 个`,
  clearSettled: '清除已结束',
  paused: '已暂停',
  offline: '等待网络恢复',

  waiting: '等待中',
  hashing: (percent) => `正在校验文件，${percent}`,
  signing: '正在获取上传许可',
  uploading: '正在上传',
  sent: '已发送，等待存储确认',
  nextTry: (seconds) => (seconds > 0 ? `${seconds} 秒后重试` : '正在重试'),
  attemptOf: (next, most) => `（第 ${next} 次，共 ${most} 次）`,
  retryReasons: { network: '连接中断', stalled: '连接停滞', busy: '存储服务繁忙', service: '存储服务异常', policy: '尚未获得许可', other: '未成功' },
  confirming: '已发送，正在确认是否已存储',
  stored: '已存储',
  storedVerified: '已存储并通过校验',
  storedMismatch: '已存储，但内容不一致',
  canceled: '已取消',
  progressOf: (name) => `${name} 的上传进度`,

  retry: (name) => `重试 ${name}`,
  cancel: (name) => `取消 ${name}`,
  remove: (name) => `从列表移除 ${name}`,
  showDetails: (name) => `显示 ${name} 的详情`,
  hideDetails: (name) => `收起 ${name} 的详情`,
  copy: (what) => spaced(`复制${what}`),
  copied: (what) => spaced(`${what}已复制`),
  copyFailed: '浏览器不允许复制，请选中文字后手动复制。',

  etag: 'ETag',
  version: '版本',
  location: '地址',
  integrity: '完整性',
  crcEqual: (crc64) => `CRC-64 ${crc64}，与存储端一致`,
  crcUnchecked: (crc64) => `CRC-64 ${crc64}，未校验`,
  crcHidden: '未校验：x-cos-hash-crc64ecma 不在 ExposeHeaders 中',
  crcDifferent: (crc64) => `CRC-64 ${crc64}，与文件不一致`,
  encryption: '加密',
  notEncrypted: '未返回加密信息',
  request: '请求 ID',
  trace: '跟踪 ID',
  errorCode: '错误',
  httpStatus: 'HTTP 状态码',
  storageSaid: '存储端信息',
  report: '诊断信息',
  hiddenHeaders: (headers) => `存储端返回了 ${headers}，但存储桶的 CORS 规则没有向本页面公开。请将其加入 \`ExposeHeaders\`。`,

  rejectedTitle: (count) => `${count} 个文件未添加。`,
  rejected: {
    'file-invalid-type': ({ names, allowed }) => (allowed === null ? `${names}：不支持这类文件。` : `${names}：${spaced(`只能添加${allowed}`)}。`),
    'file-too-large': ({ names, maxSize }) => `${names}：大于 ${maxSize}。`,
    'file-too-small': ({ names, minSize }) => `${names}：小于 ${minSize}。`,
    'too-many-files': ({ names, maxFiles }) => `${names}：列表最多容纳 ${maxFiles} 个文件。`,
    'total-too-large': ({ names, maxTotalSize }) => `${names}：全部文件合计不能超过 ${maxTotalSize}。`,
  },
  rejectedFor: (names, message) => `${names}：${message}`,
  namesAndMore: (names, more) => (more > 0 ? `${names.join('、')} 等 ${names.length + more} 个文件` : names.join('、')),
  dismiss: '关闭',

  errors: {
    'policy-unreachable': ({ status }) => ({
      title: '未上传',
      text: `应用的策略接口${status === null ? '没有响应' : `出现异常（HTTP ${status}）`}，因此没有上传许可。请稍后重试。`,
    }),
    'policy-refused': ({ serverMessage }) => ({
      title: '不允许上传',
      text: serverMessage ?? '应用服务器不允许这次上传。请重新登录，或联系网站管理员。',
    }),
    'policy-malformed': ({ problem }) => ({ title: '未上传', text: `应用的策略接口返回的内容无法识别：${problem}。需要网站管理员修复。` }),
    'policy-expired': () => ({ title: '未上传', text: '上传许可在文件发出之前已过期。请重试以获取新的许可。' }),
    'policy-mismatch': ({ field, expected, actual }, { item, format }) => {
      const range = sizeRange(expected)
      if (field === 'content-length-range' && range !== null) return sizeText(item.size, range, format)
      const is = actual === null ? '缺失' : `的值为 \`${actual}\``
      return { title: '未上传', text: `表单域 \`${field}\` ${is}，而策略要求 \`${expected}\`。请让策略接口按页面发送的内容签名。` }
    },
    'form-invalid': ({ field, problem }) => ({
      title: '未上传',
      text: `无法生成上传表单：${problem}${field === null ? '' : `（\`${field}\`）`}。策略接口需要返回其他字段。`,
    }),
    network: ({ probe }) => networkTexts[probe ?? 'unknown'],
    stalled: ({ idleMs }) => ({ title: '连接停滞', text: `已有 ${Math.round(idleMs / 1000)} 秒没有发出数据，上传已停止。请检查网络后重试。` }),
    'outcome-unknown': () => ({ title: '可能已经存储', text: '文件已全部发出后连接中断，存储端可能已收到。再次发送前请先确认，以免重复存储。' }),
    service: (details) => serviceTexts[details.problem](details),
    'redirect-unreadable': () => ({
      title: '无法读取结果',
      text: '存储端跳转到了本页面无权读取的页面。请去掉 `success_action_redirect`，或让落地页允许本页面的来源。',
    }),
    'reply-malformed': ({ problem }) => ({ title: '无法读取结果', text: `收到的响应并非来自存储端：${problem}。可能存在代理，或存储桶地址有误。` }),
    'integrity-mismatch': () => ({ title: '传输中损坏', text: '存储端收到的内容与文件不一致。请重新发送。' }),
    'confirm-failed': ({ outcome }) => ({
      title: '未能确认',
      text:
        outcome === null
          ? '存储端已收到文件，但应用服务器未能确认。请重试：文件不会重复发送。'
          : '存储端已收到文件，但应用服务器没有找到与发送内容一致的对象。请重新发送，并告知网站管理员。',
    }),
    'file-rejected': ({ reasons }) => ({ title: '未添加', text: reasons.map(({ message }) => message).join(' ') }),
    'file-unreadable': () => ({ title: '无法读取文件', text: '文件在选择之后被移动、修改或删除，或浏览器失去了访问权限。请重新选择。' }),
    aborted: () => ({ title: '已取消', text: '上传在完成前被停止。' }),
  },

  said: {
    started: (count) => `开始上传 ${count} 个文件。`,
    quarter: (percent, done, all) => `已上传 ${percent}，${all} 个文件中已存储 ${done} 个。`,
    failed: (name, title) => `${name}：${title}。`,
    manyFailed: (count) => `${count} 个文件未上传。`,
    settled: ({ stored, failed, canceled }) =>
      `${[stored > 0 || failed + canceled === 0 ? `${stored} 个文件已存储` : '', failed > 0 ? `${failed} 个失败` : '', canceled > 0 ? `${canceled} 个已取消` : ''].filter(Boolean).join('，')}。`,
    removed: (name) => `已从列表移除 ${name}。`,
  },
}

/** A space between Chinese and Latin letters, as typographers ask for. */
function spaced(text: string): string {
  return text.replace(/(?<=\p{Script=Han})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=\p{Script=Han})/gu, ' ')
}

function sizeText(size: number, { min, max }: SizeRange, format: Format): ErrorText {
  const title = '未上传'
  if (size > max) {
    const text = `文件超过了策略允许的大小：${format.bytes(size)}，最大为 ${format.limit(max)}。请选择更小的文件，或在服务端提高 \`content-length-range\`。`
    return { title, text }
  }
  const text = `文件小于策略允许的大小：${format.bytes(size)}，最小为 ${format.limit(min)}。请选择其他文件，或在服务端降低 \`content-length-range\`。`
  return { title, text }
}

const networkTexts = {
  unknown: { title: '连接中断', text: '文件尚未全部发出，与存储端的连接就中断了。请检查网络后重试。' },
  offline: { title: '没有网络', text: '设备处于离线状态，恢复网络后可以重试。' },
  unreachable: { title: '无法连接存储端', text: '当前网络无法访问存储桶地址。请检查网络、防火墙以及存储桶所在地域。' },
  cors: { title: '无法读取结果', text: '存储桶的 CORS 规则不允许本页面发起 `POST`。运行 `cosdrop doctor` 查看需要添加的规则。' },
  'mixed-content': { title: '被浏览器拦截', text: '本页面使用 HTTPS，而存储桶地址是 HTTP。请使用 `https://` 开头的存储桶地址。' },
  'landing-cors': {
    title: '无法读取结果',
    text: '文件已发出，但存储端跳转到的页面不允许本页面的来源。请让该页面返回 `Access-Control-Allow-Origin: null`。',
  },
}

const said = (message: string | null): string => (message === null ? '' : `：${message.replace(/\.$/u, '')}`)

const serviceTexts: ServiceTexts = {
  expired: () => ({ title: '未上传', text: '上传许可在传输途中过期。请重试以获取新的许可。' }),
  busy: () => ({ title: '存储服务繁忙', text: '存储端要求降低速度。请稍后重试。' }),
  timeout: () => ({ title: '未上传', text: '存储端等待文件超时。请检查网络后重试。' }),
  clock: () => ({ title: '未上传', text: '策略接口所在服务器的时钟不准。请通过 NTP 校准后重试。' }),
  credentials: () => ({ title: '未上传', text: '存储端不认识该 SecretId。请检查策略接口使用的密钥。' }),
  signature: () => ({ title: '未上传', text: '存储端不接受签名。请检查策略接口的 SecretKey，并确认签名的正是它返回的策略。' }),
  condition: ({ serviceMessage }) => ({
    title: '不允许上传',
    text: `表单不满足策略中的条件${said(serviceMessage)}。请让策略接口按页面发送的内容签名。`,
  }),
  size: ({ serviceCode }) =>
    serviceCode === 'EntityTooSmall'
      ? { title: '未上传', text: '文件小于策略允许的大小。请选择其他文件，或在服务端降低 `content-length-range`。' }
      : { title: '未上传', text: '文件超过了策略允许的大小。请选择更小的文件，或在服务端提高 `content-length-range`。' },
  digest: () => ({ title: '传输中损坏', text: '存储端收到的内容与发出的不一致。请重新发送。' }),
  cors: () => ({ title: '不允许上传', text: '存储桶的 CORS 规则不允许本页面发起 `POST`。运行 `cosdrop doctor` 查看需要添加的规则。' }),
  bucket: () => ({ title: '未上传', text: '该地域中不存在这个存储桶。请在服务端检查存储桶名称和地域。' }),
  denied: ({ serviceMessage }) => ({
    title: '不允许上传',
    text: `存储端拒绝了上传${said(serviceMessage)}。请检查策略条件，以及密钥是否有 \`name/cos:PostObject\` 权限。`,
  }),
  other: ({ status, serviceCode, serviceMessage }) =>
    status >= 500
      ? { title: '存储服务异常', text: `存储端无法接收文件（HTTP ${status}）。请稍后重试。` }
      : {
          title: '未上传',
          text: `存储端拒绝了上传：${serviceCode === null ? `HTTP ${status}` : `\`${serviceCode}\``}${said(serviceMessage)}。详情中有对应的请求 ID。`,
        },
}
