import { createAdminClient } from '@inthread/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@inthread/store/sql'
import { isoAgo, openPeople, passwordOf, type People } from '../kit/people/open-people.ts'
import { showCode } from '../kit/people/show-code.ts'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'

const tenant = 'northern-rail'
const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const

describeOnDrawnDatabase('people', (open) => {
  let people: People
  beforeAll(async () => {
    people = await openPeople(await open())
  })
  afterAll(() => people.close())

  it('who give money back show their factor above the limit alone, where a second person is asked', async () => {
    const { api } = people.sandbox
    await buyTicket(people.sandbox.phone('+8613800000001'))
    await api.books.changeTerms.mutate({ tenant, terms: { refundLimit: '100.00' } })
    const proposed = (await api.proposals.list.query({ tenant })).items.find(({ state }) => state === 'open')
    const operator = await people.welcome('*', 'terms@example.com', 'operator')
    await people.setUpFactor(operator, 'terms@example.com')
    await operator.change('proposals.approve', { tenant, id: proposed?.id, digest: proposed?.digest })
    const owner = await people.welcome(tenant, 'refunds@example.com', 'owner')
    const order = (await api.orders.list.query({ tenant })).items.find(({ state }) => state === 'succeeded')?.id
    const refund = (amount: string) => owner.change('orders.refund', { tenant, order, amount, ref: `of-${amount}` })
    expect(await refund('50.00')).toMatchObject({ waiting: null })
    expect(await refund('200.00')).toEqual({ code: 'FORBIDDEN', fault: 'auth.second_factor_missing' })
    expect((await api.orders.refunds.query({ tenant })).items).toHaveLength(1)
    await people.setUpFactor(owner, 'refunds@example.com')
    expect(await refund('200.00')).toMatchObject({ waiting: { proposal: expect.any(String) } })
  })

  describe('a second factor', () => {
    it('is asked for when somebody signs in, and counts once', async () => {
      const email = 'factor@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      expect((await person.act('factor-start', { password: 'wrong' })).status).toBe(401)
      const { uri, backupCodes } = await people.setUpFactor(person, email)
      expect(backupCodes).toHaveLength(10)
      expect(JSON.stringify(await people.look(sql`select * from auth_two_factor`))).not.toContain(backupCodes[0])
      const next = people.someone()
      const asked = await next.act('sign-in', { email, password: passwordOf(email) })
      expect(asked.body).toEqual({ state: 'second_factor' })
      expect(await next.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      expect((await next.act('second-factor', { code: '000000' })).status).toBe(401)
      // The code that has put it in force is good for half a minute more, and has been used.
      expect((await next.act('second-factor', { code: showCode(uri) })).status).toBe(401)
      const backup = { code: backupCodes[0] }
      const fresh = people.someone()
      await fresh.act('sign-in', { email, password: passwordOf(email) })
      expect((await fresh.act('second-factor', backup)).body).toEqual({ state: 'in' })
      expect(await fresh.ask('keys.me')).toMatchObject({ role: 'agent' })
      const twice = people.someone()
      await twice.act('sign-in', { email, password: passwordOf(email) })
      expect((await twice.act('second-factor', backup)).status).toBe(401)
    })

    it('is shown again for what moves money or rights, and counts for five minutes', async () => {
      const email = 'money@example.com'
      const person = await people.welcome(tenant, email, 'owner')
      const blocked = { tenant, grant }
      const needed = { code: 'FORBIDDEN', fault: 'auth.second_factor_missing' }
      expect(await person.change('grants.block', blocked)).toEqual(needed)
      expect((await person.act('step-up', { code: '123456' })).status).toBe(409)
      const { backupCodes } = await people.setUpFactor(person, email)
      expect(await person.change('grants.block', blocked)).not.toHaveProperty('code')
      await people.run(sql`update auth_session set ${sql.ref('secondFactorAt')} = ${isoAgo(301_000)}`)
      const stale = { code: 'FORBIDDEN', fault: 'auth.step_up_required' }
      expect(await person.change('grants.block', blocked)).toEqual(stale)
      expect(await person.ask('grants.list', { tenant })).toBeInstanceOf(Array)
      expect((await person.act('step-up', { code: '000000' })).status).toBe(401)
      expect(await person.act('step-up', { code: backupCodes[1] })).toMatchObject({ status: 200 })
      expect(await person.change('grants.block', blocked)).not.toHaveProperty('code')
      for (let tries = 0; tries < 12; tries += 1) await person.act('step-up', { code: '000000' })
      expect((await person.act('step-up', { code: backupCodes[2] })).status).toBe(429)
    })
  })

  it('who have lost everything get a link for a new password, and nothing of before opens any more', async () => {
    const email = 'forgetful@example.com'
    const person = await people.welcome(tenant, email, 'agent')
    const { backupCodes } = await people.setUpFactor(person, email)
    const id = String((await person.act('me')).body['id'])
    const { link } = await people.sandbox.api.people.renew.mutate({ tenant, person: id })
    const token = link.split('#invitation=')[1]
    const fresh = people.someone()
    expect((await fresh.act('invitation', { token })).body).toMatchObject({ email, renewal: true })
    expect((await fresh.act('accept', { token, password: 'short' })).status).toBe(422)
    const password = 'something wholly other 99'
    expect(await fresh.act('accept', { token, password })).toEqual({ status: 200, body: { state: 'in' } })
    expect((await fresh.act('accept', { token, password })).status).toBe(410)
    expect(await person.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    expect((await fresh.act('me')).body).toMatchObject({ id, secondFactor: false })
    expect((await people.someone().act('sign-in', { email, password: passwordOf(email) })).status).toBe(401)
    expect((await fresh.act('step-up', { code: backupCodes[0] })).status).toBe(409)
    const other = await people.invite('*', email, 'auditor')
    await fresh.act('accept', { token: other })
    const owner = await people.welcome(tenant, 'renewer@example.com', 'owner')
    await people.setUpFactor(owner, 'renewer@example.com')
    expect(await owner.change('people.renew', { tenant, person: id })).toEqual({ code: 'FORBIDDEN', fault: null })
    expect(await owner.change('people.renew', { tenant, person: 'nobody' })).toEqual({ code: 'NOT_FOUND', fault: null })
  })

  it('are one person, whatever keys they made, where it takes two', async () => {
    const email = 'operator@example.com'
    const operator = await people.welcome('*', email, 'operator')
    await people.setUpFactor(operator, email)
    await people.sandbox.api.grants.block.mutate({ tenant, grant })
    const { key } = (await operator.change('keys.create', { name: 'own-key', role: 'operator' })) as { key: string }
    const { key: further } = await createAdminClient({ url: people.sandbox.house.url, apiKey: key }).keys.create.mutate(
      {
        name: 'own-keys-key',
        role: 'operator',
      },
    )
    const { waiting } = (await operator.change('grants.unblock', { tenant, grant })) as {
      waiting: { proposal: string; digest: string }
    }
    const decision = { tenant, id: waiting.proposal, digest: waiting.digest }
    expect(await operator.change('proposals.approve', decision)).toMatchObject({ code: 'FORBIDDEN' })
    for (const apiKey of [key, further]) {
      const api = createAdminClient({ url: people.sandbox.house.url, apiKey })
      await expect(api.proposals.approve.mutate(decision)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('same person'),
      })
    }
    const other = await people.welcome('*', 'second@example.com', 'operator')
    await people.setUpFactor(other, 'second@example.com')
    expect(await other.change('proposals.approve', decision)).toMatchObject({
      state: 'approved',
      maker: expect.stringMatching(/^person:/),
      checker: expect.stringMatching(/^person:/),
    })
  })
})
