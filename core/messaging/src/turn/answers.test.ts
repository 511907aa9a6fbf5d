import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { closedDesk, portsOf } from '../../test/ports.ts'
import { till } from '../../test/sample-till.ts'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import type { WriteNeed } from '../fold/need.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables, ReservationRow } from '../schema/tables.ts'
import { answerWrite } from './answers.ts'
import { sweepHolds } from './timer.store.ts'

describeOnEachDatabase('what a scene holds while its dialogue ends', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: messagingMigrations })
  })
  afterAll(() => ground.close())

  const { input } = new Thread({ plugins: [shop], till }).say('order')

  /** The state of a hold whose time is over, after its order was handed over and the dialogue ended like this. */
  async function heldAfter(name: string, frees = true): Promise<ReservationRow['state'] | undefined> {
    const holder = ground.ids.next()
    const desk = {
      ...closedDesk,
      commit: () => Promise.resolve({ kind: 'accepted' } as const),
      close: () => Promise.resolve({ name, data: {} }),
    }
    const ports = portsOf(ground, { desk })
    const row: ReservationRow = {
      id: ground.ids.next(),
      tenant_id: 'rail',
      counter_id: 'goods/trains/places/T1/',
      run_id: holder,
      unit: 1,
      state: 'held',
      until: ground.clock.now() + 1,
      created_at: ground.clock.now(),
    }
    await ground.store.write('hold', (tx) => insertAll(tx, 'reservation', [row]))
    const order = { scope: input.tenancy.scope, orderId: ground.ids.next() }
    const take = (need: WriteNeed) => ground.store.write('take', (tx) => answerWrite(tx, { need, input, ports }))
    await take({ kind: 'commit', order, now: ground.clock.now(), holder })
    await take({ kind: 'close', order, now: ground.clock.now(), holder, frees })
    ground.clock.advance(1000)
    await sweepHolds(ports)
    const found = await ground.store.read('hold', (reader) =>
      sqlOf<MessagingTables>(reader).selectFrom('reservation').select('state').where('id', '=', row.id).execute(),
    )
    return found[0]?.state
  }

  it.each(['succeeded', 'unknown', 'pending', 'placed', 'scheduled'])('stays after %s', async (name) => {
    expect(await heldAfter(name)).toBe('committing')
  })

  it.each(['declined', 'cancelled', 'expired'])('runs out after %s', async (name) => {
    expect(await heldAfter(name)).toBe('released')
  })

  it('stays while another order of the scene is open', async () => {
    expect(await heldAfter('cancelled', false)).toBe('committing')
  })
})
