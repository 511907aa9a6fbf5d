import { useEffect, useState } from 'react'

/** Whole seconds for which something has been going on. */
export function useElapsed(isOn: boolean): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    setSeconds(0)
    if (!isOn) return undefined
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [isOn])
  return seconds
}
