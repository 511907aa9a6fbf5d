import { createAdminClient, type AdminApi } from '@inthread/client'
import { sql, sqlOf } from '@inthread/store/sql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readDefinition } from '../kit/definition.ts'
import { Merchant } from '../kit/outside/merchant.ts'
import type { Phone } from '../kit/phone.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'
const host = 'shop.example.com'
const place = { tenant, bot: 'rail', plugin: 'webhook-scene' } as const
const signing = { ...place, secret: 'signing' } as const
const silent = '商家的系统暂时没有回应'
const config = { host, path: '/hooks/inthread', words: ['订餐'] }

describeOnEachDatabase('a secret that is entered for a plugin', (open) => {
  const merchant = new Merchant()
  let sandbox: Sandbox
  let api: AdminApi
  let users = 0
  beforeAll(async () => {
    const port = await merchant.open()
    sandbox = await openSandbox({
      database: await open(),
      environment: { INTHREAD_EGRESS_LOOPBACK: `${host}=${port}` },
    })
    api = sandbox.api
    merchant.answering = () => ({ messages: [{ text: '您好' }] })
    await api.installations.install.mutate({ ...place, config: { tenant: config } })
  })
  afterAll(async () => {
    await sandbox.stop()
    await merchant.close()
  })

  const state = async () => (await api.installations.secrets.query(place))[0]
  /** Somebody else each time: nobody's open question stands in the way. */
  const somebody = (): Phone => sandbox.phone(`+86139000001${String((users += 1)).padStart(2, '0')}`)
  const withKey = async (role: string): Promise<AdminApi> => {
    const { key } = await api.keys.create.mutate({ name: role.replace(':', '-'), role })
    return createAdminClient({ url: sandbox.house.url, apiKey: key })
  }

  it('is missing until somebody enters it', async () => {
    expect(await api.installations.secrets.query(place)).toEqual([
      { secret: 'signing', from: 'nowhere', setAt: null, setBy: null, signs: 'standard-webhooks' },
    ])
    await somebody().ask('订餐', silent)
    expect(merchant.events).toEqual([])
  })

  it('has the form that it is used in, and a name that the plugin knows', async () => {
    for (const value of ['secret', 'whsec_', 'whsec_c2hvcnQ=', `${merchant.secret} `, `whsec_${'A'.repeat(90)}`])
      await expect(api.installations.setSecret.mutate({ ...signing, value })).rejects.toMatchObject({
        ...{ code: 'BAD_REQUEST', message: expect.stringContaining('whsec_ and base64') as string },
      })
    for (const other of [{ secret: 'toString' }, { plugin: 'nothing' }, { bot: 'nobody' }])
      await expect(
        api.installations.setSecret.mutate({ ...signing, ...other, value: merchant.secret }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await state())?.from).toBe('nowhere')
  })

  it('is entered by who may change the definition, and by nobody of another tenant', async () => {
    for (const [role, code] of [
      ['editor:northern-rail', 'FORBIDDEN'],
      ['developer:northern-rail', 'FORBIDDEN'],
      ['auditor', 'FORBIDDEN'],
      ['owner:other', 'NOT_FOUND'],
    ] as const) {
      const { installations } = await withKey(role)
      for (const call of [
        () => installations.setSecret.mutate({ ...signing, value: merchant.secret }),
        () => installations.dropSecret.mutate(signing),
      ])
        await expect(call(), role).rejects.toMatchObject({ code })
    }
    const owner = await withKey(`owner:${tenant}`)
    await owner.installations.setSecret.mutate({ ...signing, value: merchant.secret })
    expect(await state()).toMatchObject({
      from: 'entered',
      setAt: expect.any(Number),
      setBy: expect.stringMatching(/^key:/),
    })
    await somebody().ask('订餐', '您好')
    expect(merchant.forged).toEqual([])
  })

  it('is told to nobody, and lies nowhere in clear', async () => {
    const { store } = sandbox.house
    const { rows } = await store.read('raw', (reader) => sql`select * from plugin_secret`.execute(sqlOf(reader)))
    expect(rows).toHaveLength(1)
    const told = [
      ...[rows, await api.installations.get.query(place), await api.installations.secrets.query(place)],
      ...[await api.tenants.get.query({ tenant }), await api.tenants.export.query({ tenant })],
      ...[(await api.audit.list.query({ tenant, limit: 100 })).items, sandbox.log],
    ].map((each) => JSON.stringify(each))
    for (const form of [merchant.secret, merchant.secret.slice('whsec_'.length), 'BQUFBQUF'])
      expect(told.filter((text) => text.includes(form))).toEqual([])
    const { items } = await api.audit.list.query({ tenant, limit: 100 })
    expect(items.filter(({ action }) => action === 'installation.secret_entered')).toHaveLength(1)
  })

  it('stands in for what a definition need not name then, until one says otherwise', async () => {
    const { definition, files } = readDefinition(tenant)
    const entry = { use: 'webhook-scene', version: '^1', config }
    const apply = async (secrets: object) => {
      const bots = definition.bots.map((bot) => ({
        ...bot,
        plugins: [...(bot['plugins'] as object[]), { ...entry, secrets }],
      }))
      return api.tenants.apply.mutate({ definition: { ...definition, bots }, files })
    }
    expect((await apply({})).problems).toEqual([])
    await somebody().ask('订餐', '您好')
    const other = `whsec_${Buffer.alloc(32, 6).toString('base64')}`
    expect((await apply({ signing: { secret: `plain:${other}` } })).problems).toEqual([])
    expect(await state()).toMatchObject({ from: 'definition', setAt: null })
    await somebody().ask('订餐', silent)
    expect(merchant.forged.splice(0)).not.toEqual([])
    await api.installations.setSecret.mutate({ ...signing, value: merchant.secret })
    expect((await apply({ signing: { secret: `plain:${other}` } })).applied).toBe(false)
    await somebody().ask('订餐', '您好')
    await api.installations.dropSecret.mutate(signing)
    expect(await state()).toMatchObject({ from: 'definition' })
    await expect(api.installations.dropSecret.mutate(signing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is forgotten with the plugin', async () => {
    await api.installations.setSecret.mutate({ ...signing, value: merchant.secret })
    const erased = async () => (await api.installations.uninstall.mutate(place)).receipt?.erased ?? []
    await expect.poll(erased, { timeout: 20_000 }).toContainEqual({ what: 'secrets', class: 'secret', count: 2 })
    const { rows } = await sandbox.house.store.read('raw', (reader) =>
      sql`select * from plugin_secret`.execute(sqlOf(reader)),
    )
    expect(rows).toEqual([])
    await expect(api.installations.secrets.query(place)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
