import { useEffect, useState } from 'react'

const lookMs = 20_000

/** Whole minutes since a moment, in microseconds since 1970; looked at again while it is shown. */
export function useMinutesSince(at: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), lookMs)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.floor((nowMs - at / 1000) / 60_000))
}
