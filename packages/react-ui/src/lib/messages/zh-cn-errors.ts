import { MAX_OBJECT_BYTES } from '@cosdrop/core'
import type { Format } from '../format/format.ts'
import { sizeRange, type SizeRange } from '../format/size-range.ts'
import type { ErrorText, ErrorTexts, ServiceTexts } from './messages.ts'
import { retryAsksFirst } from './retry-asks-first.ts'
import { zhCNProblem } from './zh-cn-problems.ts'

export const zhCNErrors: ErrorTexts = {
  'policy-unreachable': ({ status }) => ({
    title: '未上传',
    text: `应用的策略接口${status === null ? '没有响应' : `出现异常（HTTP ${status}）`}，因此没有上传许可。请稍后重试。`,
  }),
  'policy-refused': ({ status, serverMessage }) => ({
    title: '不允许上传',
    text: serverMessage ?? `应用服务器不允许这次上传${status === null ? '' : `（HTTP ${status}）`}。请重新登录，或联系网站管理员。`,
  }),
  'policy-malformed': ({ problem, status }) => ({
    title: '未上传',
    text: `应用的策略接口返回的内容无法识别${zhCNProblem(problem)}。${status === null ? '需要网站管理员修复。' : '请重新登录，或联系网站管理员。'}`,
  }),
  'policy-expired': () => ({ title: '未上传', text: '上传许可在文件发出之前已过期。请重试以获取新的许可。' }),
  'policy-mismatch': ({ field, expected, actual }, { item, format }) => {
    const range = sizeRange(expected)
    if (field === 'content-length-range' && range !== null) return sizeText(item.size, range, format)
    const is = actual === null ? '缺失' : `的值为 \`${actual}\``
    return { title: '未上传', text: `表单域 \`${field}\` ${is}，而策略要求 \`${expected}\`。请让策略接口按页面发送的内容签名。` }
  },
  'form-invalid': ({ field, problem }) => ({
    title: '未上传',
    text: `无法生成上传表单${zhCNProblem(problem)}${field === null || problem.includes(field) ? '' : `（\`${field}\`）`}。需要网站管理员修复。`,
  }),
  // Without an address it was not the bucket that could not be reached.
  network: ({ probe, sentUnknown, url }) => networkTexts[probe ?? (sentUnknown ? 'silent' : url ? 'unknown' : 'unloaded')],
  stalled: ({ idleMs }) => ({ title: '连接停滞', text: `已有 ${Math.round(idleMs / 1000)} 秒没有发出数据，上传已停止。请检查网络后重试。` }),
  'outcome-unknown': ({ probe }) => ({
    title: '可能已经存储',
    text: probe === 'landing-cors' ? networkTexts[probe].text : '连接中断时文件可能已全部发出，存储端可能已收到。再次发送前请先确认，以免重复存储。',
  }),
  service: (details) => serviceTexts[details.problem](details),
  'redirect-unreadable': () => ({
    title: '可能已经存储',
    text: '存储端的结果位于本页面无权读取的页面，文件可能已存储。再次发送前请先确认，以免重复存储。去掉 `success_action_redirect` 即可读取结果。',
  }),
  'reply-malformed': ({ problem }) => ({
    title: '无法读取结果',
    text: `收到的响应并非来自存储端${zhCNProblem(problem)}。可能存在代理，或存储桶地址有误。再次发送前请先确认。`,
  }),
  'integrity-mismatch': () => ({ title: '传输中损坏', text: '存储端收到的内容与文件不一致。请重新发送。' }),
  'confirm-failed': (details) => ({
    title: '未能确认',
    text: retryAsksFirst(details)
      ? '存储端已收到文件，但应用服务器未能确认。请重试：文件不会重复发送。'
      : '存储端已收到文件，但应用服务器没有找到与发送内容一致的对象。请重新发送，并告知网站管理员。',
  }),
  'file-rejected': ({ reasons }) => ({ title: '未添加', text: reasons.map(({ message }) => message).join(' ') }),
  'file-unreadable': () => ({ title: '无法读取文件', text: '文件在选择之后被移动、修改或删除，或浏览器失去了访问权限。请重新选择。' }),
  aborted: () => ({ title: '已取消', text: '上传在完成前被停止。' }),
}

function sizeText(size: number, { min, max }: SizeRange, format: Format): ErrorText {
  const title = '未上传'
  if (size > max) {
    const text = `文件比策略允许的大 ${format.bytes(size - max)}（最大 ${format.limit(max)}）。${max < MAX_OBJECT_BYTES ? '请选择更小的文件，或在服务端提高 `content-length-range`。' : '存储端单次上传不接受更大的文件，请选择更小的文件。'}`
    return { title, text }
  }
  const text = `文件比策略允许的小 ${format.bytes(min - size)}（最小 ${format.limit(min)}）。请选择其他文件，或在服务端降低 \`content-length-range\`。`
  return { title, text }
}

const networkTexts = {
  unknown: { title: '连接中断', text: '文件尚未存储，与存储端的连接就中断了。请检查网络后重试。' },
  unloaded: { title: '未上传', text: '页面未能加载或运行上传所需的部分。请检查网络后重试；如果仍然失败，请刷新页面。' },
  silent: { title: '连接中断', text: '与存储端的连接中断了，浏览器没有告知文件是否已全部发出。请检查网络，并在重试前确认文件是否已存储。' },
  offline: { title: '没有网络', text: '设备处于离线状态，恢复网络后可以重试。' },
  unreachable: { title: '无法连接存储端', text: '当前网络无法访问存储桶地址。请检查网络、防火墙、广告拦截插件以及存储桶所在地域。' },
  cors: { title: '无法读取结果', text: '存储桶的 CORS 规则不允许本页面发起 `POST`。运行 `npx @cosdrop/cli doctor` 查看需要添加的规则。' },
  csp: { title: '被浏览器拦截', text: '本页面的 Content-Security-Policy 不允许访问存储桶。请把存储桶地址加入 `connect-src`。' },
  'mixed-content': { title: '被浏览器拦截', text: '本页面使用 HTTPS，而存储桶地址是 HTTP。请使用 `https://` 开头的存储桶地址。' },
  'landing-cors': {
    title: '可能已经存储',
    text: '文件已发出，但无法读取结果，可能是存储端跳转到的页面不允许本页面的来源。再次发送前请先确认，并让该页面对 OPTIONS 和 GET 都返回 `Access-Control-Allow-Origin: null`。',
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
  digest: () => ({ title: '传输中损坏', text: '存储端收到的内容与从文件读取的不一致。请重新发送。' }),
  cors: () => ({ title: '不允许上传', text: '存储桶的 CORS 规则不允许本页面发起 `POST`。运行 `npx @cosdrop/cli doctor` 查看需要添加的规则。' }),
  bucket: () => ({ title: '未上传', text: '该地域中不存在这个存储桶。请在服务端检查存储桶名称和地域。' }),
  denied: ({ serviceMessage }) => ({
    title: '不允许上传',
    text: `存储端拒绝了上传${said(serviceMessage)}。请检查策略条件，以及密钥是否有 \`name/cos:PostObject\` 权限。`,
  }),
  gateway: ({ status }) => ({
    title: '可能已经存储',
    text: `传输途中的网关没有等到存储端的答复（HTTP ${status}），文件可能已存储。再次发送前请先确认，以免重复存储。`,
  }),
  other: ({ status, serviceCode, serviceMessage, requestId }) =>
    status >= 500
      ? { title: '存储服务异常', text: `存储端无法接收文件（HTTP ${status}）。请稍后重试。` }
      : {
          title: '未上传',
          text: `存储端拒绝了上传：${serviceCode === null ? `HTTP ${status}` : `\`${serviceCode}\``}${said(serviceMessage)}。${requestId === null ? '' : '详情中有对应的请求 ID。'}`,
        },
}
