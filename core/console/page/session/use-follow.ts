import { useEffect, useState, useSyncExternalStore } from 'react'
import type { AdminApi, StreamEvent } from '@inthread/client'
import { useSession } from './session.ts'

interface Following<T> {
  /** Names what is followed: something else begins anew. */
  readonly key: readonly unknown[]
  readonly follow: (client: AdminApi, options: { readonly signal: AbortSignal }) => AsyncIterable<StreamEvent<T>>
}

interface Followed<T> {
  readonly data: T | undefined
  readonly error: Error | undefined
  readonly again: () => void
}

interface Told<T> {
  readonly name: string
  readonly data?: T
  readonly error?: Error
}

/**
 * What the platform tells as it comes. Nothing is followed while nobody sees the page: a browser has few lines to one
 * house, and every tab would keep some of them.
 */
export function useFollow<T>({ key, follow }: Following<T>): Followed<T> {
  const { client } = useSession()
  const name = JSON.stringify(key)
  const [told, tell] = useState<Told<T>>({ name })
  const [round, setRound] = useState(0)
  const seen = useSeen()
  useEffect(() => {
    if (!seen) return undefined
    const ending = new AbortController()
    const { signal } = ending
    void listen(follow(client, { signal }), signal, (news) => tell({ name, ...news }))
    return () => ending.abort()
  }, [client, name, round, seen])
  const { data, error }: Told<T> = told.name === name ? told : { name }
  return { data, error, again: () => setRound(round + 1) }
}

type Tell<T> = (news: Omit<Told<T>, 'name'>) => void

async function listen<T>(stream: AsyncIterable<StreamEvent<T>>, signal: AbortSignal, tell: Tell<T>): Promise<void> {
  try {
    for await (const { data } of stream) tell({ data })
  } catch (error) {
    if (!signal.aborted) tell({ error: error instanceof Error ? error : new Error(String(error)) })
  }
}

function useSeen(): boolean {
  return useSyncExternalStore(watchSight, () => document.visibilityState === 'visible')
}

function watchSight(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}
