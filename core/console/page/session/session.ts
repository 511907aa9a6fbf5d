import { createContext, useContext } from 'react'
import { createAdminClient, type AdminApi } from '@inthread/client'

/**
 * Who is signed in, and the one place that knows how: with an API key that this tab alone keeps, until it is closed.
 * Another way of signing in answers with a session too, and nothing else has to change.
 */
export interface Session {
  readonly client: AdminApi
  readonly me: Me
}

export type Me = Awaited<ReturnType<AdminApi['keys']['me']['query']>>

const place = 'inthread.key'

/** Asks the platform who this key is; rejects with an `AdminError` when it is nobody. */
export async function openSession(key: string): Promise<Session> {
  const client = createAdminClient({ url: location.origin, apiKey: key })
  const me = await client.keys.me.query()
  sessionStorage.setItem(place, key)
  return { client, me }
}

/** The session of this tab from before it was loaded anew, if there was one. */
export function resumeSession(): Promise<Session> | undefined {
  const key = sessionStorage.getItem(place)
  return key === null ? undefined : openSession(key)
}

export function closeSession(): void {
  sessionStorage.removeItem(place)
}

export const SessionContext = createContext<(Session & { readonly leave: () => void }) | undefined>(undefined)

export function useSession(): Session & { readonly leave: () => void } {
  const session = useContext(SessionContext)
  if (!session) throw new Error('this part stands inside of a session')
  return session
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession().me
  return (permission) => permissions.includes(permission)
}
