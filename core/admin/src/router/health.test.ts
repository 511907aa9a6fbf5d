import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnSqlite } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { adminRouter } from '../router.ts'

const amiss = [
  { tenant: 'rail', code: 'tenant.secret_missing' },
  { tenant: 'school', code: 'plugin.unknown' },
]
const parts = [
  { part: 'database', ok: true, detail: 'sqlite, migrated' },
  { part: 'tenants', ok: false, detail: '2 not in force', amiss },
]

describeOnSqlite('what the platform needs', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
  })
  afterAll(() => office.ground.close())

  const ask = (role: string) => {
    const ports = { ...office.ports, health: { read: () => Promise.resolve(parts) } }
    return adminRouter.createCaller({ holder: office.holder('x', role), ports, reference: 'r' }).health.get()
  }

  it('is told whole to the platform', async () => {
    expect(await ask('operator')).toEqual({ ok: false, parts })
  })

  it('names to a tenant what is amiss with it alone', async () => {
    const [database] = parts
    const own = { part: 'tenants', ok: false, detail: 'not in force', amiss: [amiss[0]] }
    expect(await ask('owner:rail')).toEqual({ ok: false, parts: [database, own] })
    const well = { part: 'tenants', ok: true, detail: 'in force', amiss: [] }
    expect(await ask('owner:shop')).toEqual({ ok: true, parts: [database, well] })
  })
})
