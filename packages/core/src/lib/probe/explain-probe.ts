import { withoutQuery } from '../endpoint/without-query.ts'
import { parseUrl } from '../form/parse-url.ts'
import type { PostForm } from '../form/post-form.ts'
import type { NetworkProbe } from '../upload-error.ts'

/** Why there was no reply, and what to do about it. */
export function explainProbe({ action, landing }: PostForm, found: NetworkProbe): string {
  const addresses = landing === null ? [action] : [action, landing]
  const either = addresses.map(withoutQuery).join(' or ')
  switch (found) {
    case 'offline':
      return 'This device is offline. Try again when it is back on a network.'
    case 'unreachable':
      return `${either} does not answer from here. Check the address, its certificate, the network, and whether a firewall or an extension of the browser blocks it.`
    case 'cors':
      return `${withoutQuery(action)} answers, but the bucket's CORS rules do not allow POST from this page. "npx @cosdrop/cli doctor" shows the rule to add.`
    case 'csp':
      return `The page's Content-Security-Policy does not allow it. Add ${addresses.map((url) => parseUrl(url)?.origin).join(' and ')} to connect-src.`
    case 'mixed-content':
      return `The page is served by HTTPS, and browsers let it send to no http:// address: ${either}. Use its https:// address.`
    case 'landing-cors':
      // Both: the need of a preflight outlives a redirect.
      return `The bucket answers, but ${withoutQuery(landing ?? '')} lacks CORS headers. Let it answer OPTIONS and GET with Access-Control-Allow-Origin: null, or leave success_action_redirect out.`
    default:
      return found satisfies never
  }
}
