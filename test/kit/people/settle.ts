import { createHash } from 'node:crypto'
import type { AdminApi } from '@inthread/client'
import { Person } from './person.ts'

export type PersonRole = Parameters<AdminApi['people']['invite']['mutate']>[0]['role']

export interface Settling {
  readonly place: string
  readonly email: string
  readonly role: PersonRole
}

/** The secret of a link that lets somebody in. */
export async function inviteTo(api: AdminApi, { place: tenant, email, role }: Settling): Promise<string> {
  const { link } = await api.people.invite.mutate({ tenant, email, role })
  return link.split('#invitation=')[1] ?? ''
}

/** Somebody who has accepted an invitation, signed in. */
export async function settle(url: string, api: AdminApi, settling: Settling): Promise<Person> {
  const person = new Person(url)
  const token = await inviteTo(api, settling)
  const password = passwordOf(settling.email)
  const { status } = await person.act('accept', { token, name: 'Somebody', password })
  if (status !== 200) throw new Error(`${settling.email} was not let in: ${status}`)
  return person
}

/** A good one, by address. */
export function passwordOf(email: string): string {
  return `four words of ${createHash('md5').update(email).digest('hex')}`
}
