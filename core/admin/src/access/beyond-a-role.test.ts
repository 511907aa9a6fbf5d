import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScope } from '@inthread/store'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'
import { shareChange } from '../lifecycle/share-change.ts'
import { applyTenant } from '../tenants/apply.ts'

const place = { tenant: 'shop', bot: 'bot', plugin: 'shop' }

describeOnEachDatabase('beyond what a role may do', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: false })
    await office.apply('shop')
  })
  afterAll(() => office.ground.close())

  const as = (id: string, role: string) => office.api(office.holder(id, role))
  const platform = () => as('maker', 'operator')
  const layersOf = async () => (await platform().installations.get(place)).config

  it('what the platform has set and locked stays, whoever of the tenant configures or installs anew', async () => {
    const free = { amountMinor: { $n: '100' }, currency: 'CNY' }
    const config = { platform: { free }, locked: ['free'], tenant: {} }
    expect((await platform().installations.configure({ ...place, config })).problems).toEqual([])
    for (const role of ['editor:shop', 'owner:shop']) {
      const { installations } = as('theirs', role)
      for (const own of [
        { tenant: {} },
        { ...config, locked: [] },
        { ...config, platform: { free: { ...free, amountMinor: { $n: '9' } } } },
        { ...config, parent: { free } },
      ])
        for (const dryRun of [true, false])
          expect((await installations.configure({ ...place, config: own, dryRun })).problems).toMatchObject([
            { path: '$.config', message: expect.stringContaining('changed by the platform') },
          ])
      expect((await installations.configure({ ...place, config })).problems).toEqual([])
    }
    const definition = office.definition('shop')
    await office.applyDefinition(
      { ...definition, tenant: { ...definition.tenant, name: 'Renamed' } },
      office.holder('o', 'owner:shop'),
    )
    expect(await layersOf()).toEqual(config)
    await as('theirs', 'editor:shop').installations.uninstall(place)
    const above = { platform: config.platform, locked: config.locked }
    expect(
      (await as('theirs', 'editor:shop').installations.install({ ...place, config: { locked: ['x'] } })).problems,
    ).toHaveLength(1)
    expect((await as('theirs', 'editor:shop').installations.install(place)).problems).toEqual([])
    expect(await layersOf()).toEqual(above)
  })

  it('a config of any size is not kept', async () => {
    const config = { tenant: { free: 'x'.repeat(300_000) } }
    await expect(platform().installations.configure({ ...place, config, dryRun: true })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('who may make a change does not approve one by making it again', async () => {
    const shared = { scope: openScope('shop'), subject: 'installation.upgrade', change: { to: '2.0.0' } }
    const share = (holder: ReturnType<Office['holder']>, approval?: { proposal: string; digest: string }) =>
      office.ports.store.write('test', (tx) => shareChange(tx, { ...shared, by: holder, approval }, office.ports))
    const proposed = await share(office.holder('one', 'editor:shop'))
    const approval = proposed.kind === 'proposed' ? proposed.approval : undefined
    expect(await share(office.holder('two', 'editor:shop'), approval)).toMatchObject({ kind: 'refused' })
    const narrow = { ...office.holder('three', 'operator'), scopes: ['installation.write'] }
    expect(await share(narrow, approval)).toMatchObject({ kind: 'refused' })
    expect(await share(office.holder('four', 'owner:shop'), approval)).toEqual({ kind: 'approved' })
  })

  it('code is let in with a second factor, and stopped without', async () => {
    const signedIn = { ...office.holder('p', 'product-owner'), secondFactor: 'stale' as const }
    const { plugins } = office.api(signedIn)
    const publisher = { id: 'guests', publicKey: 'k', tier: 'first_party' } as const
    const step = { message: expect.stringContaining('second factor') as unknown }
    await expect(plugins.registerPublisher(publisher)).rejects.toMatchObject(step)
    for (const name of ['review', 'list'] as const)
      await expect(plugins[name]({ plugin: 'p', version: '1.0.0' })).rejects.toMatchObject(step)
    await expect(plugins.suspend({ plugin: 'p', version: '1.0.0' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await plugins.registerPublisher({ ...publisher, state: 'suspended' })
  })

  it('a key whose time ends makes none that outlasts it', async () => {
    const day = 86_400_000_000
    const { keys } = office.api({ ...office.holder('short'), expiresAt: office.ports.clock.now() + 2 * day })
    const wanted = { role: 'auditor' }
    await expect(keys.create({ ...wanted, name: 'for-ever' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(keys.create({ ...wanted, name: 'longer', days: 3 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await keys.create({ ...wanted, name: 'shorter', days: 1 })).toMatchObject({ role: 'auditor' })
  })

  it('a tenant’s own people name no secret of the platform’s machine, and learn nothing of what there is', async () => {
    const definition = office.definition('shop')
    const bank = (secret: string) => ({ ...definition, banks: [{ ...definition.banks[0], token: { secret } }] })
    for (const secret of ['file:keys/admin.key', 'env:DATABASE_URL', 'file:/nowhere'])
      for (const dryRun of [true, false]) {
        const given = { definition: bank(secret), files: {}, dryRun, holder: office.holder('o', 'owner:shop') }
        expect((await applyTenant(given, office.ports)).problems).toMatchObject([
          { path: '$.banks[0].token', message: expect.stringContaining('let the platform apply it') as unknown },
        ])
        const check = { tenant: 'shop', bank: 'main', definition: bank(secret) }
        expect(await as('o', 'owner:shop').banks.check(check)).toMatchObject({
          problem: { message: expect.stringContaining('let the platform apply it') as unknown },
        })
      }
    expect((await office.applyDefinition(bank('env:SHOP_TOKEN'))).problems).toEqual([])
    const again = await office.applyDefinition(bank('env:SHOP_TOKEN'), office.holder('o', 'owner:shop'))
    expect(again.problems).toEqual([])
  })

  it('nobody puts a link that is a script before users', async () => {
    const definition = office.definition('links')
    const bots = definition.bots.map((bot) => ({ ...bot, website: 'javascript:alert(1)', terms: 'data:text/html,x' }))
    const { problems } = await office.applyDefinition({ ...definition, bots })
    expect(problems.map(({ path }) => path)).toEqual(['$.bots[0].website', '$.bots[0].terms'])
  })

  it('no link is hidden behind hundreds of others', async () => {
    const { people } = as('maker', 'operator')
    const wanted = { tenant: 'shop', role: 'agent' } as const
    for (let n = 0; n < 200; n += 1) await people.invite({ ...wanted, email: `n${n}@example.com` })
    await expect(people.invite({ ...wanted, email: 'more@example.com' })).rejects.toMatchObject({ code: 'CONFLICT' })
    const waiting = await people.invitations({ tenant: 'shop' })
    expect(waiting).toHaveLength(200)
    await people.withdraw({ tenant: 'shop', id: waiting[0]?.id ?? '' })
    expect(await people.invite({ ...wanted, email: 'more@example.com' })).toHaveProperty('link')
  })

  it('no tenant is called as the platform’s own records are', async () => {
    expect((await office.apply('platform')).problems).toMatchObject([{ path: '$.tenant.id' }])
  })
})
