import { useState } from 'react'
import type { Act } from './simulator.ts'

/** What was done so far in this tab, so that somebody can look something up and come back. */
export interface Script {
  readonly acts: readonly Act[]
  /** When it began, as the platform has said. */
  readonly startsAt?: number
  /** The stored thread that it repeats, and how much of that may not be repeated, by reason. */
  readonly thread?: string
  readonly left?: Readonly<Record<string, number>>
  readonly shortened?: boolean
}

export const emptyScript: Script = { acts: [] }

/** What is kept of this tab; where another stored thread is asked for, that. */
export function useScript(tenant: string, bot: string, stored: Script | undefined) {
  const place = `inthread.simulator.${tenant}.${bot}`
  const [script, setScript] = useState(() => {
    const kept = readScript(place)
    return stored && stored.thread !== kept.thread ? stored : kept
  })
  const change = (next: Script): void => {
    sessionStorage.setItem(place, JSON.stringify(next))
    setScript(next)
  }
  return { script, change }
}

function readScript(place: string): Script {
  const kept = sessionStorage.getItem(place)
  return kept === null ? emptyScript : (JSON.parse(kept) as Script)
}
