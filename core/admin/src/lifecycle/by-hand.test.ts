import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Office } from '../../test/office.ts'

const place = { tenant: 'shop', bot: 'bot', plugin: 'shop' }
const pay = { side: 'plugin', bot: 'bot', plugin: 'shop', need: 'pay' } as const

describeOnEachDatabase('a plugin that is installed by hand', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
    const definition = office.definition('shop')
    await office.applyDefinition({ ...definition, bots: [{ id: 'bot', name: 'B', plugins: [] }] })
  })
  afterAll(() => office.ground.close())

  it('is described without being run', async () => {
    const { plugins } = office.api(office.holder('maker'))
    const shown = await plugins.get({ plugin: 'shop', version: '1.0.0' })
    expect(shown).toMatchObject({ title: { en: 'Shop' }, provides: null, schema: { type: 'object' } })
    expect(shown.needs.map(({ need, capability, optional, classes }) => [need, capability, optional, classes])).toEqual(
      [
        ['pay', 'payment', false, ['commit']],
        ['tip', 'payment', true, ['commit']],
      ],
    )
    expect(shown.flows).toMatchObject([
      { flow: 'browse', start: 'end', steps: [{ name: 'end', kind: 'end', ways: [] }] },
    ])
    await expect(plugins.get({ plugin: 'shop', version: '9.0.0' })).resolves.toBeDefined()
    await expect(plugins.get({ plugin: 'none', version: '1.0.0' })).rejects.toThrow('no such version of this plugin')
  })

  it('keeps each config that was in force, and checks one without publishing it', async () => {
    const { installations } = office.api(office.holder('maker'))
    expect((await installations.install(place)).problems).toEqual([])
    const draft = { ...place, config: { tenant: { colour: 'red' } } }
    const bad = await installations.configure({ ...draft, dryRun: true })
    expect(bad.problems).toMatchObject([{ path: '$.config.colour', message: 'there is no field of this name' }])
    const good = { ...place, config: { platform: {}, tenant: {} } }
    expect((await installations.configure({ ...good, dryRun: true })).problems).toEqual([])
    expect((await installations.history(place)).items).toHaveLength(1)
    await installations.configure(good)
    const first = await installations.history({ ...place, limit: 1 })
    expect(first.items).toMatchObject([{ by: 'key:maker', version: '1.0.0', config: { platform: {}, tenant: {} } }])
    const second = await installations.history({ ...place, limit: 1, cursor: first.next ?? '' })
    expect([second.items.map(({ config }) => config), second.next]).toEqual([[{}], null])
  })

  it('is set amounts in minor units, and no number in their place', async () => {
    const { installations } = office.api(office.holder('maker'))
    const free = { amountMinor: { $n: '1250' }, currency: 'CNY' }
    const good = { ...place, config: { tenant: { free } } }
    expect((await installations.configure({ ...good, dryRun: true })).problems).toEqual([])
    const { problems } = await installations.configure({ ...place, config: { tenant: { free: 12.5 } }, dryRun: true })
    expect(problems.map(({ path }) => path)).toEqual(['$.config.free'])
    const unknown = { ...free, currency: 'ZZZ' }
    const other = await installations.configure({ ...place, config: { tenant: { free: unknown } }, dryRun: true })
    expect(other.problems.map(({ path }) => path)).toEqual(['$.config.free.currency'])
  })

  it('is granted what it needs by two people, though it stands in no definition', async () => {
    const { grants } = office.api(office.holder('maker'))
    const asked = await grants.change({ tenant: 'shop', grant: pay, terms: { perCall: '10.00' } })
    expect(asked).toMatchObject({ applied: false, waiting: { subject: 'grant.switch_on' } })
    const { proposal: id = '', digest = '' } = asked.waiting ?? {}
    const { proposals } = office.api(office.holder('checker'))
    expect((await proposals.list({ tenant: 'shop', state: 'open' })).items.map((each) => each.id)).toEqual([id])
    await proposals.approve({ tenant: 'shop', id, digest })
    expect(await office.grantsOf('shop')).toMatchObject({ 'bot/bot/shop/pay': 'active 10.00' })
    expect((await proposals.list({ tenant: 'shop', state: 'open' })).items).toEqual([])
    const other = { ...pay, plugin: 'none' }
    await expect(grants.change({ tenant: 'shop', grant: other, terms: {} })).rejects.toThrow('no such plugin')
  })

  it('takes its configs along when it goes', async () => {
    const { installations } = office.api(office.holder('maker'))
    const { receipt } = await installations.uninstall(place)
    expect(receipt?.erased).toContainEqual({ what: 'config', class: 'tenant', count: 2 })
    expect((await installations.history(place)).items).toEqual([])
  })

  it('is stopped by a switch that stands in the list until it is lifted', async () => {
    const { plugins } = office.api(office.holder('maker'))
    const { id } = await plugins.kill({ level: 'runs', plugin: 'shop', reason: 'a test' })
    const shown = await plugins.kills({})
    expect(shown.items).toMatchObject([{ id, level: 'runs', plugin: 'shop', tenant: null, reason: 'a test' }])
    const { approval } = await plugins.unkill({ id })
    await office.api(office.holder('checker')).plugins.unkill({ id, approval: approval ?? undefined })
    expect((await plugins.kills({})).items).toEqual([])
    await expect(office.api(office.holder('o', 'tenant:shop')).plugins.kills({})).rejects.toThrow('may not do this')
  })
})
