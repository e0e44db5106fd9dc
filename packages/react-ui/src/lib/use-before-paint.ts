'use client'
import { useEffect, useLayoutEffect } from 'react'

/** A layout effect. A server has no layout, and says so loudly in React 18. */
export const useBeforePaint: typeof useEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect
