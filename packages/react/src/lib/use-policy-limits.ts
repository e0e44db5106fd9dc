'use client'
import { fetchPolicyLimits, type PolicyLimits, type PolicySource } from '@cosdrop/core'
import { useEffect, useState } from 'react'

/**
 * What the policy endpoint says before anything is sent: which files it signs for and how they are stored. `null` until it answered, when
 * it does not tell, when `policy` is a function, or when `enabled` is false.
 */
export function usePolicyLimits(policy: string | PolicySource, enabled: boolean = true): PolicyLimits | null {
  const [told, setTold] = useState<{ readonly url: string; readonly limits: PolicyLimits } | null>(null)
  const url = enabled && typeof policy === 'string' ? policy : null
  useEffect(() => {
    if (url === null) return
    const controller = new AbortController()
    fetchPolicyLimits(url, controller).then(
      (limits) => {
        if (limits !== null) setTold({ url, limits })
      },
      () => {},
    )
    return () => controller.abort()
  }, [url])
  return told?.url === url ? (told?.limits ?? null) : null
}
