import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { bankGrant, Office, payGrant } from '../../test/office.ts'
import { uninstall } from '../lifecycle/uninstall.ts'
import { applyTenant } from '../tenants/apply.ts'

const bank = 'bank/main/payment'
const pay = 'bot/bot/shop/pay'
const tip = 'bot/bot/shop/tip'

describeOnEachDatabase('the grants of a definition', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
  })
  afterAll(() => office.ground.close())

  describe('in a sandbox', () => {
    it('are in force at once when a tenant is brought in: what is written, and else without a limit', async () => {
      const applied = await office.apply('first', { plugin: { pay: { perCall: '10.00' } } })
      expect(applied).toMatchObject({ applied: true, problems: [], waiting: undefined })
      expect(await office.grantsOf('first')).toEqual({
        [bank]: 'active unlimited',
        [pay]: 'active 10.00',
        [tip]: 'active unlimited',
      })
      expect(await office.apply('first', { plugin: { pay: { perCall: '10.00' } } })).toMatchObject({
        applied: false,
        plan: [],
        waiting: undefined,
      })
    })

    it('leave out what is withheld, and what a bank that names its grants does not name', async () => {
      await office.apply('withheld', { plugin: { tip: false }, bank: { payment: { perCall: '5.00' } } })
      expect(await office.grantsOf('withheld')).toEqual({ [bank]: 'active 5.00', [pay]: 'active unlimited' })
    })

    it('are brought in by a tenant’s own key only with a second person', async () => {
      const { waiting } = await office.apply('own', {}, office.holder('t', 'tenant:own'))
      expect(waiting).toMatchObject({ subject: 'grant.switch_on', grants: [bank, pay, tip] })
      expect(await office.grantsOf('own')).toEqual({})
    })

    it('are lowered at once, and raised by two', async () => {
      await office.apply('both', { plugin: { pay: { perCall: '10.00' }, tip: { perCall: '1.00' } } })
      const raised = office.definition('both', { plugin: { pay: { perCall: '20.00' }, tip: { perCall: '0.50' } } })
      const dry = await applyTenant(
        { definition: raised, files: {}, dryRun: true, holder: office.holder('maker') },
        office.ports,
      )
      expect(dry).toMatchObject({ applied: false, waiting: undefined, wouldWait: [pay] })
      const { waiting, applied } = await office.apply('both', {
        plugin: { pay: { perCall: '20.00' }, tip: { perCall: '0.50' } },
      })
      expect([applied, waiting?.subject, waiting?.grants]).toEqual([true, 'grant.raise', [pay]])
      expect(await office.grantsOf('both')).toMatchObject({ [pay]: 'active 10.00', [tip]: 'active 0.50' })
      const { proposal: id = '', digest = '' } = waiting ?? {}
      await office.api(office.holder('checker')).proposals.approve({ tenant: 'both', id, digest })
      expect(await office.grantsOf('both')).toMatchObject({ [pay]: 'active 20.00', [tip]: 'active 0.50' })
    })

    it('end with what they were for, and come back with two', async () => {
      await office.apply('gone')
      const definition = office.definition('gone')
      await office.applyDefinition({ ...definition, bots: [{ id: 'bot', name: 'B', plugins: [] }] })
      expect(await office.grantsOf('gone')).toEqual({
        [bank]: 'revoked unlimited',
        [pay]: 'revoked unlimited',
        [tip]: 'revoked unlimited',
      })
      expect((await office.apply('gone')).waiting?.grants).toEqual([bank, pay, tip])
    })

    it('end when the plugin is uninstalled, and come back with two', async () => {
      await office.apply('uninstalled')
      const name = { tenant: 'uninstalled', bot: 'bot', plugin: 'shop' }
      const gone = await uninstall(name, office.holder('maker').actor, office.ports)
      expect(gone).toMatchObject({ kind: 'erased' })
      expect(await office.grantsOf('uninstalled')).toEqual({
        [bank]: 'active unlimited',
        [pay]: 'revoked unlimited',
        [tip]: 'revoked unlimited',
      })
      expect((await office.apply('uninstalled')).waiting?.grants).toEqual([pay, tip])
    })

    it('leave alone what an apply does not change', async () => {
      await office.apply('kept')
      const { grants } = office.api(office.holder('b', 'bank'))
      const lowered = await grants.change({ tenant: 'kept', grant: bankGrant, terms: { perCall: '3.00' } })
      expect(lowered).toEqual({ applied: true, waiting: null })
      await office.apply('kept', { plugin: { pay: { perCall: '9.00' } } })
      expect(await office.grantsOf('kept')).toMatchObject({ [bank]: 'active 3.00', [pay]: 'active 9.00' })
    })
  })

  describe('elsewhere', () => {
    it('wait for a second person from the beginning, proposed once however often they are applied', async () => {
      const strict = new Office(office.ground, false)
      const first = await strict.apply('strict')
      expect(first).toMatchObject({ applied: true, waiting: { subject: 'grant.switch_on' } })
      const second = await strict.apply('strict')
      expect(second).toMatchObject({ applied: false, plan: [], waiting: { proposal: first.waiting?.proposal } })
      expect(await strict.grantsOf('strict')).toEqual({})
      const { proposals } = strict.api(strict.holder('checker'))
      const { proposal: id = '', digest = '' } = first.waiting ?? {}
      expect(await proposals.approve({ tenant: 'strict', id, digest })).toMatchObject({ state: 'approved' })
      expect(await strict.grantsOf('strict')).toMatchObject({ [bank]: 'active unlimited', [pay]: 'active unlimited' })
      expect(await strict.apply('strict')).toMatchObject({ applied: false, waiting: undefined })
    })

    it('are proposed anew when their day is over', async () => {
      const strict = new Office(office.ground, false)
      const first = await strict.apply('late')
      office.ground.clock.advance(24 * 3_600_000)
      const second = await strict.apply('late')
      expect(second.waiting?.proposal).not.toBe(first.waiting?.proposal)
      const { proposals } = strict.api(strict.holder('checker'))
      const states = (await proposals.list({ tenant: 'late' })).items.map(({ state }) => state)
      expect(states).toEqual(['open', 'voided'])
    })
  })

  it.each([
    [{ plugin: { pay: { perCall: 5 } } }, '$.bots[0].plugins[0].grants.pay.perCall'],
    [{ plugin: { pay: { perCall: '5.005' } } }, '$.bots[0].plugins[0].grants.pay'],
    [{ plugin: { pay: false } }, '$.bots[0].plugins[0].grants.pay'],
    [{ plugin: { gift: {} } }, '$.bots[0].plugins[0].grants.gift'],
    [{ bank: { payment: { from: '2026-03-02', until: '2026-03-01' } } }, '$.banks[0].grants.payment'],
    [{ bank: { loan: {} } }, '$.bots[0].plugins[0].use'],
  ])('have a problem at their place: %j', async (grants, path) => {
    const { problems, applied } = await office.apply('problems', grants as object)
    expect([applied, problems.map((problem) => problem.path)]).toEqual([false, [path]])
  })

  it('can be shut at once, and are opened again by two', async () => {
    await office.apply('shut')
    const [maker, checker] = [office.api(office.holder('maker')), office.api(office.holder('checker'))]
    const request = { tenant: 'shut', grant: payGrant }
    expect(await maker.grants.block(request)).toEqual({ applied: true, waiting: null })
    expect(await maker.grants.block(request)).toEqual({ applied: false, waiting: null })
    expect(await office.grantsOf('shut')).toMatchObject({ [pay]: 'blocked unlimited' })
    await office.apply('shut', { plugin: { pay: { perCall: '1.00' } } })
    expect(await office.grantsOf('shut')).toMatchObject({ [pay]: 'blocked 1.00' })
    const { waiting } = await maker.grants.unblock(request)
    expect(waiting).toMatchObject({ subject: 'grant.unblock' })
    await checker.proposals.approve({ tenant: 'shut', id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' })
    expect(await office.grantsOf('shut')).toMatchObject({ [pay]: 'active 1.00' })
  })
})
