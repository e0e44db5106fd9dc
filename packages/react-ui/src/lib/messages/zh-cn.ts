'use client'
import { zhCNErrors } from './zh-cn-errors.ts'
import type { Messages } from './messages.ts'

const number = (count: number): string => count.toLocaleString('zh-CN')
const time = (seconds: number): string => {
  if (seconds < 60) return `${seconds} 秒`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`
}

export const zhCN: Messages = {
  locale: 'zh-CN',
  units: ['B', 'KB', 'MB', 'GB', 'TB'],
  label: '文件上传',
  files: '文件',

  dropFiles: { before: '将文件拖到此处，或', action: '选择文件', after: '' },
  dropMore: { before: '继续拖入文件，或', action: '选择', after: '' },
  orTakePhoto: '或拍照',
  dropToAdd: (count) => (count === null ? '松开即可添加' : `松开即可添加 ${number(count)} 个文件`),
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
  secondsLeft: (seconds) => `剩余 ${time(seconds)}`,
  uploadAll: (count) => `上传 ${number(count)} 个文件`,
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
  nextTry: (seconds) => (seconds > 0 ? `${time(seconds)}后重试` : '等待重试'),
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
  hiddenHeaders: (headers) => `存储端返回了 ${spaced(headers)}，但存储桶的 CORS 规则没有向本页面公开。请将其加入 \`ExposeHeaders\`。`,

  emptyFolder: '未添加任何文件：文件夹是空的。',
  rejectedTitle: (count) => `${number(count)} 个文件未添加。`,
  rejected: {
    'file-invalid-type': ({ names, allowed }) => (allowed === null ? `${names}：不支持这类文件。` : `${names}：${spaced(`只能添加${allowed}`)}。`),
    'file-too-large': ({ names, maxSize }) => `${names}：大于 ${maxSize}。`,
    'file-too-small': ({ names, minSize }) => `${names}：小于 ${minSize}。`,
    'too-many-files': ({ names, maxFiles }) => `${names}：列表最多容纳 ${maxFiles} 个文件。`,
    'total-too-large': ({ names, maxTotalSize }) => `${names}：全部文件合计不能超过 ${maxTotalSize}。`,
    'file-unreadable': ({ names }) => `${names}：浏览器无法打开。`,
    'prepare-failed': ({ names }) => `${names}：上传前的处理未能完成。`,
    'validate-failed': ({ names }) => `${names}：未能完成检查。`,
  },
  rejectedFor: (names, message) => `${names}：${message}`,
  namesAndMore: (names, more) => (more > 0 ? `${names.join('、')} 等 ${number(names.length + more)} 个文件` : names.join('、')),
  dismiss: '关闭',

  errors: zhCNErrors,

  said: {
    added: (count) => `${number(count)} 个文件待上传。`,
    started: (count) => `开始上传 ${number(count)} 个文件。`,
    quarter: (percent, done, all) => `已上传 ${percent}，${number(all)} 个文件中已存储 ${number(done)} 个。`,
    failed: (name, title) => `${name}：${title}。`,
    manyFailed: (count) => `${number(count)} 个文件未上传。`,
    settled: ({ stored, failed, canceled }) =>
      `${[stored > 0 || failed + canceled === 0 ? `${number(stored)} 个文件已存储` : '', failed > 0 ? `${number(failed)} 个失败` : '', canceled > 0 ? `${number(canceled)} 个已取消` : ''].filter(Boolean).join('，')}。`,
    canceled: (name) => `已取消 ${name}。`,
    removed: (name) => `已从列表移除 ${name}。`,
  },
}

/** A space between Chinese and Latin letters, as typographers ask for. */
function spaced(text: string): string {
  return text.replace(/(?<=\p{Script=Han})(?=[A-Za-z0-9`])|(?<=[A-Za-z0-9`])(?=\p{Script=Han})/gu, ' ')
}
