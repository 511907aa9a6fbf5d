import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { openScope } from '@inthread/store'
import { bankGrant, Office, payGrant } from '../../test/office.ts'
import { propose as handIn } from './propose.ts'

const pay = 'bot/bot/shop/pay'

describeOnEachDatabase('a change that needs two', (open) => {
  let office: Office
  beforeAll(async () => {
    office = await Office.open(open, { sandbox: true })
  })
  afterAll(() => office.ground.close())

  const api = (id: string, role: Parameters<Office['holder']>[1] = 'platform') => office.api(office.holder(id, role))
  const propose = async (tenant: string, perCall = '20.00') => {
    const terms = { perCall }
    const { waiting } = await api('maker').grants.change({ tenant, grant: payGrant, terms })
    return { tenant, id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
  }
  const start = async (tenant: string) => {
    await office.apply(tenant, { plugin: { pay: { perCall: '10.00' } } })
    return propose(tenant)
  }
  const limitOf = async (tenant: string) => (await office.grantsOf(tenant))[pay]

  it('is carried out when somebody else approves it, and both are on record', async () => {
    const decision = await start('plain')
    expect(await limitOf('plain')).toBe('active 10.00')
    expect(await api('checker').proposals.approve(decision)).toMatchObject({
      state: 'approved',
      maker: 'key:maker',
      checker: 'key:checker',
      change: { grants: [{ place: pay, base: 1, terms: { perCall: '20.00', currency: 'CNY' } }] },
    })
    expect(await limitOf('plain')).toBe('active 20.00')
    expect(await office.auditOf('plain')).toEqual(['maker proposal.made', 'checker proposal.approved'])
  })

  it('is not carried out when it is rejected', async () => {
    const decision = await start('rejected')
    expect(await api('checker').proposals.reject(decision)).toMatchObject({ state: 'rejected' })
    await expect(api('third').proposals.approve(decision)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await limitOf('rejected')).toBe('active 10.00')
  })

  it('is not approved by whoever made it', async () => {
    const decision = await start('self')
    await expect(api('maker').proposals.approve(decision)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('somebody else'),
    })
    expect(await limitOf('self')).toBe('active 10.00')
  })

  it('is approved by its digest alone', async () => {
    const decision = await start('digest')
    await expect(
      api('checker').proposals.approve({ ...decision, digest: decision.digest.replace(/.$/, 'x') }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await limitOf('digest')).toBe('active 10.00')
  })

  it('is approved once', async () => {
    const decision = await start('replayed')
    await api('checker').proposals.approve(decision)
    await api('maker').grants.change({ tenant: 'replayed', grant: payGrant, terms: { perCall: '1.00' } })
    for (const again of ['checker', 'third'])
      await expect(api(again).proposals.approve(decision)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await limitOf('replayed')).toBe('active 1.00')
  })

  it('is approved by one of many who do so at the same time', async () => {
    const decision = await start('parallel')
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => api(`checker-${index}`).proposals.approve(decision)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { version } =
      (await api('x').grants.list({ tenant: 'parallel' })).find(({ grant }) => grant.side === 'plugin') ?? {}
    expect(version).toBe(2)
  })

  it('is void when what it speaks of is edited, before or while it is approved', async () => {
    const first = await start('edited')
    const second = await propose('edited', '30.00')
    await expect(api('checker').proposals.approve(first)).rejects.toMatchObject({ code: 'CONFLICT' })
    await api('maker').grants.change({ tenant: 'edited', grant: payGrant, terms: { perCall: '5.00' } })
    await expect(api('checker').proposals.approve(second)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await limitOf('edited')).toBe('active 5.00')
    for (let round = 0; round < 10; round += 1) {
      const decision = await propose('edited', `${50 + round}.00`)
      const terms = { perCall: '5.00', perMinute: 100 - round }
      const [approved] = await Promise.allSettled([
        api('checker').proposals.approve(decision),
        api('maker').grants.change({ tenant: 'edited', grant: payGrant, terms }),
      ])
      // Either the edit came first and the approval failed, or the approval came first and the edit lowered it again.
      if (approved.status === 'rejected') expect(approved.reason).toMatchObject({ code: 'CONFLICT' })
      expect(await limitOf('edited')).toBe('active 5.00')
    }
  })

  it('waits for a day', async () => {
    const decision = await start('expired')
    office.ground.clock.advance(24 * 3_600_000)
    await expect(api('checker').proposals.approve(decision)).rejects.toMatchObject({ code: 'CONFLICT' })
    const { tenant, id } = decision
    expect(await api('checker').proposals.get({ tenant, id })).toMatchObject({ state: 'expired' })
    expect(await limitOf('expired')).toBe('active 10.00')
  })

  describe('is not for every key', () => {
    it('nothing of another tenant, as if it were not there', async () => {
      const decision = await start('theirs')
      const stranger = api('stranger', 'tenant:strange')
      for (const tenant of ['theirs', 'nowhere']) {
        const answer = { code: 'NOT_FOUND', message: 'there is no such tenant' }
        await expect(stranger.proposals.approve({ ...decision, tenant })).rejects.toMatchObject(answer)
        await expect(stranger.proposals.list({ tenant })).rejects.toMatchObject(answer)
        await expect(stranger.grants.list({ tenant })).rejects.toMatchObject(answer)
        await expect(stranger.tenants.get({ tenant })).rejects.toMatchObject(answer)
      }
      expect(await api('own', 'tenant:theirs').proposals.approve(decision)).toMatchObject({ state: 'approved' })
    })

    it('what the bank grants is neither changed nor approved by the tenant', async () => {
      await office.apply('bounded', { bank: { payment: { perCall: '10.00' } } })
      const own = api('own', 'tenant:bounded')
      const terms = { perCall: '99.00' }
      const change = { tenant: 'bounded', grant: bankGrant, terms }
      await expect(own.grants.change(change)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(own.grants.block({ tenant: 'bounded', grant: bankGrant })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      const { waiting } = await api('b1', 'bank').grants.change(change)
      const decision = { tenant: 'bounded', id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
      await expect(own.proposals.approve(decision)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await api('b2', 'bank').proposals.approve(decision)).toMatchObject({ state: 'approved' })
    })

    it('a key made after the proposal cannot check it, outside of a sandbox', async () => {
      const strict = new Office(office.ground, false)
      const { waiting } = await strict.apply('young')
      const decision = { tenant: 'young', id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
      const young = strict.api(strict.holder('young', 'platform', office.ground.clock.now()))
      await expect(young.proposals.approve(decision)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('younger'),
      })
      expect(await strict.api(strict.holder('old')).proposals.approve(decision)).toMatchObject({ state: 'approved' })
    })
  })

  it('of another kind is carried out where it was proposed, and can be rejected here', async () => {
    const by = { maker: office.holder('maker').actor, ids: office.ports.ids, now: office.ground.clock.now() }
    const { proposal: id, digest } = await office.ports.store.write('propose', (tx) =>
      handIn(tx, openScope('other'), { subject: 'plugin.upgrade', change: { to: '2.0.0' }, ...by }),
    )
    const decision = { tenant: 'other', id, digest }
    await expect(api('checker').proposals.approve(decision)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await api('checker').proposals.reject(decision)).toMatchObject({ state: 'rejected' })
  })

  it('names only what there is', async () => {
    await office.apply('named')
    const change = (grant: object, terms: object = {}) =>
      api('maker').grants.change({ tenant: 'named', grant: grant as typeof payGrant, terms })
    await expect(change({ ...payGrant, need: 'gift' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change({ ...payGrant, bot: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change({ ...bankGrant, bank: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change(payGrant, { perCall: '1.001' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(api('c').proposals.approve({ tenant: 'named', id: 'none', digest: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(api('m').grants.list({ tenant: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
