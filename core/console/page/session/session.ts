import { createContext, useContext } from 'react'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { act, type Standing } from './auth.ts'

/**
 * Who is signed in, and the one place that knows how: as a person, with a cookie that no script reads, or with an API
 * key that this tab alone keeps, until it is closed.
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

/** The session of whoever has signed in as a person, in this browser. */
export async function openOwnSession(): Promise<Session> {
  const client = createAdminClient({ url: location.origin })
  return { client, me: await client.keys.me.query() }
}

/** The session from before this page was loaded; undefined when there was none. */
export async function resumeSession(): Promise<Session | undefined> {
  const key = sessionStorage.getItem(place)
  if (key !== null) return openSession(key)
  const { state } = await act<Standing>('me')
  return state === 'in' ? openOwnSession() : undefined
}

/** A person's session ends for this browser; a key is forgotten. */
export function closeSession(): void {
  const withKey = sessionStorage.getItem(place) !== null
  sessionStorage.removeItem(place)
  // What does not arrive ends by itself within half an hour.
  if (!withKey) act('sign-out').catch(() => undefined)
}

/** What a link invites with: behind the #, where no server sees it. */
export function readInvitation(): string | undefined {
  return /^#invitation=([\w-]{20,100})$/.exec(location.hash)?.[1]
}

/** A link opens once: afterwards its address says nothing. */
export function forgetInvitation(): void {
  history.replaceState(null, '', location.pathname)
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
