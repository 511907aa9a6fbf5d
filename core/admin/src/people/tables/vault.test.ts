import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql, sqlOf } from '@inthread/store/sql'
import { describeOnEachDatabase } from '../../../../../test/kit/requirements.ts'
import { Office } from '../../../test/office.ts'
import { actions } from '../actions.ts'
import type { Entrance, Reply } from '../entrance.ts'
import { invite } from '../invitations.ts'
import { sealPeople } from './seal-people.store.ts'
import { createPeopleVault } from './vault.ts'

const password = 'a rainy day in spring'

describeOnEachDatabase('names and addresses of staff', (open) => {
  let office: Office
  let entrance: Entrance
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    entrance = office.ports.people
    for (const name of ['Olive', 'Oscar']) await settle(name)
    await invite(entrance, { ...wanted, email: 'waiting@bank.example' })
  })
  afterAll(() => office.ground.close())

  const wanted = { place: '*', role: 'risk', days: 1, by: { kind: 'key', id: 'k' } } as const
  const act = (action: string, body: object): Promise<Reply> =>
    actions[action]?.(entrance, { cookie: undefined, ip: '127.0.0.1', userAgent: 'test', body }) ??
    Promise.reject(new Error(action))
  const addressOf = (name: string): string => `${name.toLowerCase()}@bank.example`
  const signIn = async (name: string): Promise<number> =>
    (await act('sign-in', { email: addressOf(name), password })).status
  async function settle(name: string): Promise<void> {
    const { link } = await invite(entrance, { ...wanted, email: addressOf(name) })
    const { status } = await act('accept', { token: link.split('=')[1], name, password })
    expect(status).toBe(200)
  }
  const run = async (statement: ReturnType<typeof sql>): Promise<readonly unknown[]> =>
    (await office.ports.store.write('raw', (tx) => statement.execute(sqlOf(tx)))).rows
  const listMembers = async () => (await office.api(office.holder('x')).people.list({ tenant: '*' })).toSorted(byName)
  const byName = (one: { readonly name: string }, other: { readonly name: string }) => (one.name < other.name ? -1 : 1)

  it('are there for who may see them, and stand in no table', async () => {
    expect(await listMembers()).toMatchObject([
      { name: 'Olive', email: addressOf('Olive') },
      { name: 'Oscar', email: addressOf('Oscar') },
    ])
    const waiting = await office.api(office.holder('x')).people.invitations({ tenant: '*' })
    expect(waiting).toMatchObject([{ email: 'waiting@bank.example' }])
    for (const name of ['auth_user', 'auth_invitation', 'auth_member', 'auth_account', 'auth_session', 'audit']) {
      const rows = JSON.stringify(await run(sql`select * from ${sql.table(name)}`))
      expect([name, rows.length > 50, /bank\.example|olive|oscar|waiting/i.test(rows)]).toEqual([name, true, false])
    }
  })

  it('let people in, however the address is typed, and let none take an address that is somebody’s', async () => {
    expect((await act('sign-in', { email: ' OLIVE@bank.example', password })).status).toBe(200)
    expect(await signIn('Nobody')).toBe(401)
    const { link } = await invite(entrance, { ...wanted, email: addressOf('Olive') })
    const answer = await act('accept', { token: link.split('=')[1], name: 'Thief', password: 'another rainy day 77' })
    expect(answer.body).toMatchObject({ code: 'sign_in_first' })
  })

  it('are found by nobody with other keys, and in no other row', async () => {
    const other = createPeopleVault({ ...office.ground, keyring: { blindIndex: (_t, _p, value) => `x${value}` } })
    expect(other.indexOf(addressOf('Olive'))).not.toBe(entrance.vault.indexOf(addressOf('Olive')))
    const [olive, oscar] = ['Olive', 'Oscar'].map((name) => entrance.vault.sealPerson({ name, email: addressOf(name) }))
    if (!olive || !oscar) throw new Error('nobody')
    expect(() => entrance.vault.openPerson({ ...olive, sealed: oscar.sealed })).toThrow(
      expect.objectContaining({ code: 'seal.broken' }),
    )
  })

  it('that were written before there were seals are sealed, once, and let people in as ever', async () => {
    const [index] = [entrance.vault.indexOf(addressOf('Oscar'))]
    await run(sql`update auth_user set email = ${addressOf('Oscar')}, name = 'Oscar', sealed = null
      where email = ${index}`)
    await run(sql`update auth_invitation set email = 'waiting@bank.example', sealed = null where status = 'pending'`)
    expect((await listMembers()).map(({ name }) => name)).toEqual(['Olive', 'Oscar'])
    expect(await signIn('Oscar')).toBe(401)
    for (let times = 0; times < 2; times += 1) await sealPeople(office.ports.store, entrance.vault)
    expect(await signIn('Oscar')).toBe(200)
    const rows = JSON.stringify(await run(sql`select * from auth_user`))
    expect([/oscar/i.test(rows), rows.includes(index ?? '')]).toEqual([false, true])
    expect(JSON.stringify(await run(sql`select * from auth_invitation`))).not.toContain('bank.example')
    expect((await listMembers()).map(({ email }) => email)).toEqual(['Olive', 'Oscar'].map(addressOf))
  })
})
