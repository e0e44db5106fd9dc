// What core says of a reply or a form, as far as people meet it. `$1` is what a pattern has in its first parentheses.
const known: readonly (readonly [RegExp, string])[] = [
  [/^it answered HTML instead of JSON .*$/u, '返回的是 HTML 而不是 JSON（可能是登录页，或未知路径对应的首页）'],
  [/^it answered text that is not JSON$/u, '返回的文本不是 JSON'],
  [/^it is not a JSON object$/u, '返回的不是 JSON 对象'],
  [/^it has (\d+) posts for (\d+) files$/u, '$2 个文件却返回了 $1 个 `posts`'],
  [/^(?:the (?:signature )?field )?"([^"`]+)" is missing$/u, '缺少 `$1`'],
  [/^"([^"`]+)" is not an object$/u, '`$1` 不是对象'],
  [/^"([^"`]+)" is not an object of strings .*$/u, '`$1` 不是由字符串组成的对象（无需签名的存储桶请返回 `null`）'],
  [/^"([^"`]+)" is not an ISO 8601 time with its zone, as "([^"`]+)"$/u, '`$1` 不是带时区的 ISO 8601 时间（例如 `$2`）'],
  [/^"([^"`]+)" is not later than "([^"`]+)"$/u, '`$1` 不晚于 `$2`'],
  [/^(?:the value of )?"([^"`]+)" is not a string$/u, '`$1` 不是字符串'],
  [/^it has a field of a wrong type$/u, '某个字段的类型不对'],
  [/^the field "policy" is wrong \(The policy is not (Base64|JSON)\b.*$/u, '`policy` 不是有效的 $1'],
  [/^a field is named "file", .*$/u, '有表单域与文件部分同名'],
  [/^the field "([^"`]+)" is there twice .*$/u, '`$1` 出现了两次（COS 不区分名称的大小写）'],
  [/^the signed "Content-MD5" is not that of the file$/u, '签名中的 `Content-MD5` 与文件不符'],
  [/^The object key starts with "([^"`])"; COS forbids that$/u, '对象键不能以 `$1` 开头'],
  [/^The object key contains a control character \(([^)]*) or ([^)]*)\)$/u, '对象键包含 COS 禁止的控制字符（$1 或 $2）'],
  [/^The object key takes (\d+) bytes; COS allows (\d+)$/u, '对象键有 $1 字节，COS 最多允许 $2 字节'],
  [/^the object key contains a line break, .*$/u, '对象键包含换行符，浏览器无法原样发送'],
  [/^"([^"`]*)" is not an absolute http\(s\) URL$/u, '`$1` 不是完整的 http(s) 地址'],
  [/^HTTP (\d+) is no answer to POST Object$/u, 'POST Object 不会返回 HTTP $1'],
  [/^it lists a bucket, .*$/u, '返回的是存储桶的对象列表，可能是跳转把 POST 变成了 GET'],
  [/^it is an empty (\d+)$/u, '返回的是没有内容的 $1'],
  [/^it is a web page$/u, '返回的是网页'],
  [/^its body is no XML$/u, '返回的内容不是 XML'],
]

/** What goes between a sentence and its full stop. What is not in the table stays English, and out of the sentence. */
export function zhCNProblem(problem: string): string {
  for (const [pattern, words] of known) if (pattern.test(problem)) return `：${problem.replace(pattern, words)}`
  return `（${problem}）`
}
