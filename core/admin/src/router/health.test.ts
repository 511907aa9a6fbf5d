import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnSqlite } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { adminRouter } from '../router.ts'
import { quote } from '@inthread/sdk/fault'
import type { WorksReading } from '../ports.ts'

const amiss = [
  { tenant: 'rail', code: 'tenant.secret_missing' },
  { tenant: 'school', code: 'plugin.unknown' },
]
const parts = [
  { part: 'database', ok: true, detail: 'sqlite, migrated', said: quote('sqlite, migrated') },
  { part: 'tenants', ok: false, detail: '2 not in force', said: quote('2 not in force'), amiss },
]

const inForce = { code: 'health.own_in_force', facts: {}, message: 'in force' }
const notInForce = { code: 'health.own_not_in_force', facts: {}, message: 'not in force' }
const works: WorksReading = {
  works: [
    {
      ...{ name: 'outbox', everyMs: 1000, agoMs: 20, waiting: 3, oldestMs: 61_000 },
      ...{ failing: null, state: 'behind' },
    },
  ],
  connections: ['rail', 'school'].map((tenant) => ({
    ...{ tenant, kind: 'bank', id: 'main', heardAgoMs: null },
    failing: { code: 'http.timeout', forMs: 5000 },
  })),
}

describeOnSqlite('what the platform needs', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
  })
  afterAll(() => office.ground.close())

  const ask = (role: string) => {
    const ports = {
      ...office.ports,
      health: { read: () => Promise.resolve(parts), readWorks: () => Promise.resolve(works) },
    }
    return adminRouter.createCaller({ holder: office.holder('x', role), ports, reference: 'r' }).health
  }

  it('is told whole to the platform', async () => {
    expect(await ask('operator').get()).toEqual({ ok: false, parts })
  })

  it('names to a tenant what is amiss with it alone', async () => {
    const [database] = parts
    const own = { part: 'tenants', ok: false, detail: 'not in force', said: notInForce, amiss: [amiss[0]] }
    expect(await ask('owner:rail').get()).toEqual({ ok: false, parts: [database, own] })
    const well = { part: 'tenants', ok: true, detail: 'in force', said: inForce, amiss: [] }
    expect(await ask('owner:shop').get()).toEqual({ ok: true, parts: [database, well] })
  })

  it('shows a tenant its own lines, and the platform what waits of all', async () => {
    expect(await ask('operator').works()).toEqual(works)
    expect(await ask('owner:rail').works()).toEqual({ works: [], connections: [works.connections[0]] })
  })
})
