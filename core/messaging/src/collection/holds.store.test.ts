import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { collection, z } from '@inthread/sdk'
import type { Hold, Slots } from '@inthread/sdk/engine'
import { deriveId, openScope, type Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { now } from '../../test/program.ts'
import { goods, trainOf } from '../../test/sample-goods.ts'
import type { Holder } from '../fold/need.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { FinanceDesk, MessagingPorts } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables, ReservationRow } from '../schema/tables.ts'
import { answerWrite } from '../turn/answers.ts'
import { commitCollection } from './documents.store.ts'
import { commitHold, lockHolds, releaseLapsed, releaseRuns, settleHolds, unlockHolds } from './holds.store.ts'

const places = 5
const until = now + 600_000_000

describeOnEachDatabase('holds', (open) => {
  let one: Ground
  let two: Ground
  let runs = 0
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: messagingMigrations })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })

  const newRun = (): string => one.ids.next()
  const holderOf = (runId: string, at = now): Holder => ({
    tenantId: 'rail',
    plugin: 'goods',
    runId,
    holdId: deriveId(runId, 'hold', 1),
    capacityField: 'places',
    now: at,
  })
  const visiting = (runId: string, visit: number): Holder => ({
    ...holderOf(runId),
    holdId: deriveId(runId, 'hold', visit),
  })
  /** A train of its own for each test. */
  const openTrain = async (capacity = places): Promise<string> => {
    const key = `T${(runs += 1)}`
    const documents = [{ ...trainOf(key, { places: capacity }) }]
    await one.store.write('train', (tx) =>
      commitCollection(tx, openScope('rail'), { plugin: goods, collection: 'trains', documents, now, ids: one.ids }),
    )
    return key
  }
  const write = <T>(work: (tx: Transaction) => Promise<T>, ground = one): Promise<T> => ground.store.write('hold', work)
  const reserve = (key: string, runId: string, { ground = one, visit = 1, part = '' } = {}): Promise<Hold | null> =>
    write(async (tx) => {
      const command = { kind: 'reserve', visit, from: 'trains', counter: 'places', key, part, until } as const
      const answer = await commitHold(tx, visiting(runId, visit), command)
      return 'hold' in answer ? answer.hold : null
    }, ground)
  const take = (hold: Hold, runId: string, at = now): Promise<unknown> =>
    write((tx) => commitHold(tx, holderOf(runId, at), { kind: 'take', visit: 2, hold }))
  const release = (hold: Hold, runId: string): Promise<unknown> =>
    write((tx) => commitHold(tx, holderOf(runId), { kind: 'release', visit: 2, hold }))
  const lapse = (at: number): Promise<number> => write((tx) => releaseLapsed(tx, at, 100))
  const rowsOf = (key: string): Promise<ReservationRow[]> =>
    one.store.read('rows', (reader) =>
      sqlOf<MessagingTables>(reader)
        .selectFrom('reservation')
        .selectAll()
        .where('counter_id', 'like', `goods/trains/places/${key}/%`)
        .orderBy('unit')
        .execute(),
    )
  const takenOf = (key: string): Promise<number | undefined> =>
    one.store.read('counter', async (reader) => {
      const row = await sqlOf<MessagingTables>(reader)
        .selectFrom('counter')
        .select('taken')
        .where('id', '=', `goods/trains/places/${key}/`)
        .executeTakeFirst()
      return row?.taken
    })
  const stateOf = async (key: string): Promise<string[]> => (await rowsOf(key)).map((row) => row.state)

  it('are never more than there are places, however many want one at once in two processes', async () => {
    const key = await openTrain()
    const wanted = Array.from({ length: 40 }, (_, index) =>
      reserve(key, newRun(), { ground: index % 2 === 0 ? one : two }),
    )
    const held = (await Promise.all(wanted)).filter((hold) => hold !== null)
    expect(held.map(({ unit }) => unit).toSorted()).toEqual([1, 2, 3, 4, 5])
    expect(new Set(held.map(({ id }) => id)).size).toBe(places)
    expect(await takenOf(key)).toBe(places)
  })

  it('have a number within their part, and the parts know nothing of each other', async () => {
    const key = await openTrain(1)
    const parts = ['2026-03-06', '2026-03-07', '2026-03-06']
    const held: (Hold | null)[] = []
    for (const part of parts) held.push(await reserve(key, newRun(), { part }))
    expect(held.map((hold) => hold?.unit)).toEqual([1, 1, undefined])
    expect(held[0]).toMatchObject({ unit: 1, until })
  })

  it.each([0, -3])('are none where there are %i places', async (capacity) => {
    expect(await reserve(await openTrain(capacity), newRun())).toBeNull()
  })

  it('count what there is by the present name of the field, also in a document of before', async () => {
    const carriages = z.strictObject({ id: z.string(), beds: z.number() })
    const options = { key: 'id', counters: { beds: { capacity: 'beds' } }, version: 2 } as const
    const upgrades = { 1: ({ id, places: beds }: Slots) => ({ id, beds }) }
    const present = collection(carriages, { ...options, upgrades })
    const key = await openTrain(1)
    const command = { kind: 'reserve', from: 'trains', counter: 'places', key, part: 'beds', until } as const
    const ask = (visit: number): Promise<unknown> =>
      write((tx) =>
        commitHold(tx, { ...holderOf(newRun()), capacityField: 'beds', goods: present }, { ...command, visit }),
      )
    expect(await ask(1)).toMatchObject({ hold: { unit: 1 } })
    expect(await ask(2)).toEqual({ hold: null })
  })

  it('are none of a train that does not run', async () => {
    expect(await reserve('nowhere', newRun())).toBeNull()
  })

  it('are given back once, and the place with its number is free again', async () => {
    const key = await openTrain(2)
    const [first, second] = [newRun(), newRun()]
    const hold = (await reserve(key, first)) as Hold
    await reserve(key, second)
    await Promise.all([release(hold, first), release(hold, first), release(hold, first)])
    expect(await takenOf(key)).toBe(1)
    expect((await reserve(key, newRun()))?.unit).toBe(1)
    await release(hold, first)
    expect(await takenOf(key)).toBe(2)
  })

  it('can be given back and taken anew by one run in one moment', async () => {
    const key = await openTrain()
    const run = newRun()
    const holds = await write(async (tx) => {
      const command = { kind: 'reserve', from: 'trains', counter: 'places', key, part: '', until } as const
      const first = await commitHold(tx, visiting(run, 3), { ...command, visit: 3 })
      const hold = 'hold' in first && first.hold ? first.hold : { id: '', unit: 0, until: 0 }
      await commitHold(tx, holderOf(run), { kind: 'release', visit: 4, hold })
      return [first, await commitHold(tx, visiting(run, 5), { ...command, visit: 5 })]
    })
    expect(holds).toMatchObject([{ hold: { unit: 1 } }, { hold: { unit: 1 } }])
    expect(await takenOf(key)).toBe(1)
  })

  it('belong to their run: nobody else takes them or gives them back', async () => {
    const key = await openTrain()
    const run = newRun()
    const hold = (await reserve(key, run)) as Hold
    expect(await take(hold, newRun())).toEqual({ taken: false })
    await release(hold, newRun())
    expect([await takenOf(key), await stateOf(key)]).toEqual([1, ['held']])
    expect(await take(hold, run)).toEqual({ taken: true })
  })

  it('run out, and cannot be taken after that, swept up or not', async () => {
    const key = await openTrain()
    const run = newRun()
    const hold = (await reserve(key, run)) as Hold
    expect(await take(hold, run, until)).toEqual({ taken: false })
    await lapse(until - 1)
    expect(await takenOf(key)).toBe(1)
    await lapse(until)
    expect([await takenOf(key), await stateOf(key)]).toEqual([0, ['released']])
    expect(await take(hold, run)).toEqual({ taken: false })
  })

  it.each([
    ['succeeded', 'committing'],
    ['unknown', 'committing'],
    // A capability's own words for what the bank has taken and is still at: a loan that is being paid out.
    ['pending', 'committing'],
    ['scheduled', 'committing'],
    ['declined', 'held'],
    ['cancelled', 'held'],
    ['expired', 'held'],
  ])('of a scene that is told %s of its money are %s then', async (name, state) => {
    const key = await openTrain()
    const run = newRun()
    await reserve(key, run)
    const close: FinanceDesk['close'] = () => Promise.resolve({ name, data: {} })
    const order = { scope: openScope('rail'), orderId: one.ids.next() }
    const answering = {
      need: { kind: 'close', order, now, holder: run, frees: true },
      input: {} as TurnInput,
      ports: { desk: { close } } as MessagingPorts,
    } as const
    await write(async (tx) => {
      await lockHolds(tx, 'rail', run)
      await answerWrite(tx, answering)
    })
    expect(await stateOf(key)).toEqual([state])
  })

  it('that are taken stay, through the end of the run and of their time', async () => {
    const key = await openTrain()
    const run = newRun()
    await take((await reserve(key, run)) as Hold, run)
    await write((tx) => releaseRuns(tx, 'rail', [run]))
    await lapse(until + 1)
    expect([await takenOf(key), await stateOf(key)]).toEqual([1, ['taken']])
  })

  it('that are taken are given back once, by a later run of the plugin that took them', async () => {
    const key = await openTrain()
    const [run, later] = [newRun(), newRun()]
    const hold = (await reserve(key, run)) as Hold
    await take(hold, run)
    const stranger = { ...holderOf(later), plugin: 'good' }
    await write((tx) => commitHold(tx, stranger, { kind: 'release', visit: 2, hold }))
    expect(await takenOf(key)).toBe(1)
    await release(hold, later)
    await release(hold, later)
    expect([await takenOf(key), await stateOf(key)]).toEqual([0, ['released']])
  })

  it('go back at the end of their run, whatever it forgot', async () => {
    const key = await openTrain()
    const [run, other] = [newRun(), newRun()]
    await reserve(key, run)
    await reserve(key, run, { visit: 2 })
    await reserve(key, other)
    await write((tx) => releaseRuns(tx, 'rail', [run]))
    await write((tx) => releaseRuns(tx, 'rail', [run]))
    expect([await takenOf(key), (await stateOf(key)).toSorted()]).toEqual([1, ['held', 'released', 'released']])
  })

  it('whose money is on its way neither run out nor go back, and can be taken late', async () => {
    const key = await openTrain()
    const run = newRun()
    const hold = (await reserve(key, run)) as Hold
    await write((tx) => lockHolds(tx, 'rail', run))
    await lapse(until + 1)
    await release(hold, run)
    await write((tx) => releaseRuns(tx, 'rail', [run]))
    expect(await stateOf(key)).toEqual(['committing'])
    expect(await take(hold, run, until + 1)).toEqual({ taken: true })
    expect(await takenOf(key)).toBe(1)
  })

  it('are ordinary again when no money moved', async () => {
    const key = await openTrain()
    const run = newRun()
    await reserve(key, run)
    await write((tx) => lockHolds(tx, 'rail', run))
    await write((tx) => unlockHolds(tx, 'rail', run))
    expect(await stateOf(key)).toEqual(['held'])
    await lapse(until)
    expect(await takenOf(key)).toBe(0)
  })

  it.each([
    ['taken', 1],
    ['released', 0],
  ] as const)('are %s when the bank has decided afterwards', async (state, left) => {
    const key = await openTrain()
    const run = newRun()
    await reserve(key, run)
    await write((tx) => settleHolds(tx, 'rail', { runId: run, state }))
    expect(await stateOf(key)).toEqual(['held'])
    await write((tx) => lockHolds(tx, 'rail', run))
    await write((tx) => settleHolds(tx, 'rail', { runId: run, state }))
    await write((tx) => settleHolds(tx, 'rail', { runId: run, state }))
    expect([await takenOf(key), await stateOf(key)]).toEqual([left, [state]])
  })

  it('are counted right after whatever happens to them', async () => {
    const moves = fc.array(fc.record({ what: fc.nat(7), run: fc.nat(3) }), { minLength: 5, maxLength: 20 })
    const play = async (list: readonly { what: number; run: number }[]): Promise<void> => {
      const key = await openTrain(3)
      const names = [newRun(), newRun(), newRun(), newRun()]
      const held = new Map<string, Hold>()
      for (const [visit, { what, run }] of list.entries()) {
        const name = names[run] ?? ''
        const hold = held.get(name)
        if (what <= 2) {
          const got = await reserve(key, name, { visit })
          if (got) held.set(name, got)
        } else if (what === 3 && hold) await take(hold, name)
        else if (what === 4 && hold) await release(hold, name)
        else if (what === 5) await write((tx) => lockHolds(tx, 'rail', name))
        else if (what === 6) await write((tx) => settleHolds(tx, 'rail', { runId: name, state: 'released' }))
        else if (what === 7) await write((tx) => releaseRuns(tx, 'rail', [name]))
      }
      const rows = (await rowsOf(key)).filter(({ state }) => state !== 'released')
      expect((await takenOf(key)) ?? 0).toBe(rows.length)
      expect(rows.length).toBeLessThanOrEqual(3)
      expect(new Set(rows.map(({ unit }) => unit)).size).toBe(rows.length)
      expect(rows.filter(({ unit }) => unit > 3)).toEqual([])
    }
    await fc.assert(fc.asyncProperty(moves, play), { seed: getTestSeed(), numRuns: 25 })
  })
})
