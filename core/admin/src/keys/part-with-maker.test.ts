import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { saveMember } from '../people/tables/people.store.ts'
import { findKeyHolder } from './admin-key.store.ts'
import type { KeyHolder } from './key-holder.ts'

describeOnEachDatabase('keys whose maker leaves', (open) => {
  let office: Office
  let nth = 0
  let maker: KeyHolder
  let made: readonly { readonly name: string; readonly key: string }[]
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
  })
  afterAll(() => office.ground.close())
  beforeEach(async () => {
    nth += 1
    const id = office.ports.ids.next()
    await join(id, 'operator')
    maker = {
      actor: { kind: 'person', id },
      name: 'Ann',
      role: 'operator',
      madeAt: 0,
      person: id,
      secondFactor: 'fresh',
    }
    const { keys } = office.api(maker)
    made = await Promise.all([
      keys.create({ name: `school-${nth}`, role: 'owner:school' }),
      keys.create({ name: `books-${nth}`, role: 'auditor' }),
      keys.create({ name: `all-${nth}`, role: 'operator', days: 2 }),
    ])
  })

  const join = (userId: string, role: string): Promise<void> =>
    office.ports.store.write('join', (tx) =>
      saveMember(tx, { id: office.ports.ids.next(), place: '*', userId, role, now: '2026-03-05T02:00:00.000Z' }),
    )
  const remover = () => office.api(office.holder('boss'))
  const remove = (keep?: string[]) =>
    remover().people.remove({ tenant: '*', person: maker.person ?? '', ...(keep ? { keep } : {}) })
  const opens = async (at: number): Promise<boolean> =>
    (await findKeyHolder(office.ports.store, made[at]?.key ?? '', office.ports.clock.now())) !== undefined
  const listed = async () => (await remover().keys.list()).filter(({ name }) => name.endsWith(`-${nth}`))

  it('are named before anything happens, and nothing happens while nobody has said what becomes of them', async () => {
    const { keys } = await remover().people.leaving({ tenant: '*', person: maker.person ?? '' })
    expect(keys.map(({ name, role }) => [name, role]).sort()).toEqual([
      [`all-${nth}`, 'operator'],
      [`books-${nth}`, 'auditor'],
      [`school-${nth}`, 'owner:school'],
    ])
    const names = expect.stringMatching(new RegExp(`3 keys .*school-${nth}.*Send "keep"`)) as string
    await expect(remove()).rejects.toMatchObject({ code: 'CONFLICT', message: names })
    await expect(remove(['nobody'])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await Promise.all([0, 1, 2].map(opens))).toEqual([true, true, true])
    expect((await listed()).every(({ makerGone, keptBy }) => !makerGone && keptBy === null)).toBe(true)
  })

  it('end with them, except for those that somebody keeps, which say so', async () => {
    const left = await remove([`school-${nth}`])
    expect({ ...left, ended: left.ended.toSorted() }).toEqual({
      ...{ removed: true, kept: [`school-${nth}`] },
      ended: [`all-${nth}`, `books-${nth}`],
    })
    expect(await Promise.all([0, 1, 2].map(opens))).toEqual([true, false, false])
    const kept = (await listed()).find(({ name }) => name === `school-${nth}`)
    expect(kept).toMatchObject({ makerGone: true, keptBy: 'key:boss', person: maker.person, revokedAt: null })
    const { items } = await remover().audit.list({ tenant: '*', limit: 10 })
    expect(
      items
        .slice(0, 4)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['key.kept', 'key.revoked', 'key.revoked', 'person.removed'])
    // Whoever was removed may still have it: of two people who decide, they are the same one as before.
    const holder = await findKeyHolder(office.ports.store, made[0]?.key ?? '', office.ports.clock.now())
    expect(holder?.person).toBe(maker.person)
  })

  it('that were made with a key of theirs end as well, and those that are over are no matter', async () => {
    const holder = await findKeyHolder(office.ports.store, made[2]?.key ?? '', office.ports.clock.now())
    await office.api(holder).keys.create({ name: `further-${nth}`, role: 'risk', days: 1 })
    await remover().keys.revoke({ name: `books-${nth}` })
    office.ground.clock.advance(1.5 * 86_400_000)
    expect((await remove([])).ended.toSorted()).toEqual([`all-${nth}`, `school-${nth}`])
    office.ground.clock.advance(-1.5 * 86_400_000)
    const { keys } = office.api(maker)
    await expect(keys.list()).resolves.toBeDefined()
  })

  it('stay when it is a tenant that their maker leaves', async () => {
    await office.ports.store.write('join', (tx) =>
      saveMember(tx, {
        ...{ id: office.ports.ids.next(), place: 'school', userId: maker.person ?? '', role: 'owner' },
        now: '2026-03-05T02:00:00.000Z',
      }),
    )
    const asked = { tenant: 'school', person: maker.person ?? '' }
    expect(await remover().people.leaving(asked)).toEqual({ keys: [] })
    expect(await remover().people.remove(asked)).toEqual({ removed: true, ended: [], kept: [] })
    expect(await Promise.all([0, 1, 2].map(opens))).toEqual([true, true, true])
    await expect(remover().people.remove(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(remover().people.leaving(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
