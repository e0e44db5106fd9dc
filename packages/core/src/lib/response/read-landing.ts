import { readRedirectParameters, type RedirectParameters } from '@cosdrop/protocol'

/**
 * What COS added to the address of a landing page (`success_action_redirect`): for the page that a full navigation or an iframe ended on.
 * `null` when it is not there. Anybody can write such an address: show it, but let your server ask COS before you rely on it.
 * Source: `official/post-object.txt`, Example 8.
 *
 * @param url absolute or relative, such as `location.href`
 */
export function readLanding(url: string): RedirectParameters | null {
  return readRedirectParameters(url)
}
