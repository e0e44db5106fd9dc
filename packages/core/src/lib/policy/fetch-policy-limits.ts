import type { PolicyLimits } from './read-policy-limits.ts'

/**
 * Asks the endpoint (`GET`, answered by `{"limits", "encryption"}`) what it will sign for. `null` when it does not tell, for whatever reason:
 * limits spare the user a wait, and the endpoint decides in the end. Rejects only when `signal` was aborted.
 */
export async function fetchPolicyLimits(url: string, { signal }: { readonly signal: AbortSignal }): Promise<PolicyLimits | null> {
  try {
    const reply = await fetch(url, { signal, headers: { Accept: 'application/json' } })
    const body: unknown = reply.ok ? await reply.json() : null
    return (await import('./read-policy-limits.ts')).readPolicyLimits(body)
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}
