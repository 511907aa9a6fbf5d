import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@inthread/store/sql'
import { runInthread } from '../kit/outside/command.ts'
import { isoAgo, openPeople, passwordOf, type People } from '../kit/people/open-people.ts'
import { Person } from '../kit/people/person.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'

const tenant = 'northern-rail'

describeOnDrawnDatabase('people', (open) => {
  let people: People
  beforeAll(async () => {
    people = await openPeople(await open())
  })
  afterAll(() => people.close())

  const countSessions = async (person: string) =>
    (await people.look(sql`select id from auth_session where ${sql.ref('userId')} = ${person}`)).length

  describe('who are invited', () => {
    it('come in by a link once, with a password of their own, and act in their tenant as their role may', async () => {
      const token = await people.invite(tenant, 'Owner@Example.com', 'owner')
      const stored = await people.look(sql`select * from auth_invitation`)
      expect(JSON.stringify(stored)).not.toContain(token)
      const person = people.someone()
      expect((await person.act('invitation', { token })).body).toEqual({
        email: 'owner@example.com',
        place: tenant,
        role: `owner:${tenant}`,
        known: false,
        renewal: false,
      })
      const given = { token, name: 'Olive Owner', password: 'a rainy day in spring 1998' }
      expect(await person.act('accept', given)).toEqual({ status: 200, body: { state: 'in' } })
      expect((await people.someone().act('accept', given)).status).toBe(410)
      expect(await person.ask('keys.me')).toMatchObject({
        name: 'Olive Owner',
        role: 'owner',
        tenant,
        kind: 'person',
        writtenAs: expect.stringMatching(/^person:[0-9a-f-]{36}$/),
      })
      expect(await person.ask('tenants.get', { tenant })).toMatchObject({ definition: { tenant: { id: tenant } } })
      expect(await person.ask('tenants.get', { tenant: 'other' })).toEqual({ code: 'NOT_FOUND', fault: null })
      expect(await person.ask('keys.list')).toEqual({ code: 'FORBIDDEN', fault: null })
      const { items } = await people.sandbox.api.audit.list.query({ tenant, limit: 20 })
      const joined = items.find(({ action }) => action === 'person.joined')
      expect(joined?.actor).toEqual({ kind: 'person', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
      expect(JSON.stringify(items)).not.toMatch(/example\.com|Olive/i)
    })

    it('of whom two come with one link at once are one', async () => {
      const token = await people.invite(tenant, 'race@example.com', 'agent')
      const given = { token, name: 'R', password: passwordOf('race@example.com') }
      const answers = await Promise.all([1, 2, 3, 4].map(() => people.someone().act('accept', given)))
      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses[0]).toBe(200)
      expect(statuses.slice(1).every((status) => [409, 410].includes(status))).toBe(true)
      const index = people.indexOf('race@example.com')
      expect(await people.look(sql`select count(*) as n from auth_user where email = ${index}`)).toEqual([{ n: 1 }])
    })

    it('find a link over when it was withdrawn, or its time is over', async () => {
      const token = await people.invite(tenant, 'late@example.com', 'agent')
      const waiting = await people.sandbox.api.people.invitations.query({ tenant })
      const found = waiting.find(({ email }) => email === 'late@example.com')
      expect(await people.sandbox.api.people.withdraw.mutate({ tenant, id: found?.id ?? '' })).toEqual({
        withdrawn: true,
      })
      expect((await people.someone().act('invitation', { token })).status).toBe(410)
      const old = await people.invite(tenant, 'old@example.com', 'agent')
      await people.run(sql`update auth_invitation set ${sql.ref('expiresAt')} = '2020-01-01T00:00:00.000Z'
        where email = ${people.indexOf('old@example.com')}`)
      expect(
        (await people.someone().act('accept', { token: old, name: 'O', password: passwordOf('old') })).status,
      ).toBe(410)
    })

    it('and have an account already sign in with it first, and are in both places then', async () => {
      const email = 'both@example.com'
      await people.welcome(tenant, email, 'agent')
      const token = await people.invite('*', email, 'auditor')
      expect((await people.someone().act('accept', { token, name: 'X', password: passwordOf('x') })).status).toBe(409)
      const person = people.someone()
      await person.act('sign-in', { email, password: passwordOf(email) })
      expect(await person.act('accept', { token })).toEqual({ status: 200, body: { state: 'in' } })
      expect(await person.ask('keys.me')).toMatchObject({ role: 'agent', tenant })
      expect((await person.act('place', { place: '*' })).status).toBe(200)
      expect(await person.ask('keys.me')).toMatchObject({ role: 'auditor', tenant: null })
      expect((await person.act('place', { place: 'elsewhere' })).status).toBe(403)
    })

    it('are invited by owners into their own tenant, and by nobody else', async () => {
      const email = 'second-owner@example.com'
      const owner = await people.welcome(tenant, email, 'owner')
      const wanted = { tenant, email: 'new@example.com', role: 'agent' } as const
      expect(await owner.change('people.invite', wanted)).toEqual({
        code: 'FORBIDDEN',
        fault: 'auth.second_factor_missing',
      })
      await people.setUpFactor(owner, email)
      expect(await owner.change('people.invite', wanted)).toMatchObject({ link: expect.stringContaining('/console/#') })
      for (const [place, role, code] of [
        ['*', 'auditor', 'NOT_FOUND'],
        ['other', 'agent', 'NOT_FOUND'],
        [tenant, 'operator', 'BAD_REQUEST'],
      ])
        expect(await owner.change('people.invite', { ...wanted, tenant: place, role })).toMatchObject({ code })
      const agent = await people.welcome(tenant, 'an-agent@example.com', 'agent')
      expect(await agent.change('people.invite', wanted)).toEqual({ code: 'FORBIDDEN', fault: null })
      await expect(people.sandbox.api.people.invite.mutate({ ...wanted, tenant: 'nobody' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    it('are out with their next call when they are removed', async () => {
      const person = await people.welcome(tenant, 'leaver@example.com', 'agent')
      const id = ((await person.act('me')).body as { id: string }).id
      expect(await person.ask('orders.list', { tenant })).toMatchObject({ items: [] })
      await people.sandbox.api.people.remove.mutate({ tenant, person: id })
      expect(await person.ask('orders.list', { tenant })).toEqual({ code: 'UNAUTHORIZED', fault: null })
      const again = { email: 'leaver@example.com', password: passwordOf('leaver@example.com') }
      expect((await people.someone().act('sign-in', again)).status).toBe(403)
      expect(await countSessions(id)).toBe(1)
    })
  })

  describe('passwords', () => {
    it.each([
      ['too short', 'short words', 422],
      ['with the address', 'my weak@example.com one', 422],
      ['with the tenant', 'the northern rail 77', 422],
      ['on the list that comes along', 'q1w2e3r4t5y6', 422],
      ['common with figures around', '1234password1234!', 422],
      ['on a list elsewhere', 'correct horse battery staple', 422],
      ['of four characters', 'abcabcabcabcd', 422],
    ])('%s are refused', async (_why, password, status) => {
      const token = await people.invite(tenant, 'weak@example.com', 'agent')
      const answer = await people.someone().act('accept', { token, name: 'Wanda', password })
      expect([answer.status, answer.body['code']]).toEqual([status, 'password_unfit'])
    })

    it('never leave the house: the list elsewhere hears five digits of a digest', () => {
      expect(people.ranges.asked.length).toBeGreaterThan(0)
      for (const path of people.ranges.asked) expect(path).toMatch(/^\/range\/[0-9A-F]{5}$/)
    })

    it('are changed by who knows the old one, which ends other sessions', async () => {
      const email = 'changer@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      const other = people.someone()
      await other.act('sign-in', { email, password: passwordOf(email) })
      const wanted = 'entirely other words 2026'
      expect((await person.act('password', { current: 'wrong', wanted })).status).toBe(401)
      expect((await person.act('password', { current: passwordOf(email), wanted: 'short' })).status).toBe(422)
      expect((await person.act('password', { current: passwordOf(email), wanted })).status).toBe(200)
      expect(await other.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      expect(await person.ask('keys.me')).toMatchObject({ role: 'agent' })
      expect((await people.someone().act('sign-in', { email, password: wanted })).status).toBe(200)
    })

    it('that are wrong and addresses that are unknown get one answer, in about the same time', async () => {
      const email = 'timed@example.com'
      await people.welcome(tenant, email, 'agent')
      const attempt = async (address: string): Promise<readonly [unknown, number]> => {
        const begun = performance.now()
        const answer = await people.someone().act('sign-in', { email: address, password: 'some wrong words' })
        return [answer, performance.now() - begun]
      }
      const known: number[] = []
      const unknown: number[] = []
      for (let round = 0; round < 5; round += 1) {
        const [answer, ms] = await attempt(email)
        const [other, otherMs] = await attempt(`nobody-${round}@example.com`)
        expect(answer).toEqual(other)
        known.push(ms)
        unknown.push(otherMs)
      }
      const [a = 0, b = 0] = [known, unknown].map((times) => times.sort((x, y) => x - y)[2])
      // Without the second hash it would be a tenth and less.
      expect(Math.min(a, b) / Math.max(a, b)).toBeGreaterThan(0.3)
    })

    it('are tried ten times in a quarter of an hour, however many processes are asked at once', async () => {
      const email = 'tried@example.com'
      await people.welcome(tenant, email, 'agent')
      const wrong = { email, password: 'some wrong words' }
      const urls = Array.from({ length: 24 }, (_, index) =>
        index % 2 === 0 ? people.sandbox.house.url : people.secondUrl,
      )
      const answers = await Promise.all(
        urls.map((url) => new Person(url, people.sandbox.house.url).act('sign-in', wrong)),
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 401)).toHaveLength(10)
      expect(statuses.filter((status) => status === 429)).toHaveLength(14)
      expect((await people.someone().act('sign-in', { email, password: passwordOf(email) })).status).toBe(429)
      await people.run(sql`update auth_attempt set began_at = began_at - 900000000`)
      expect((await people.someone().act('sign-in', { email, password: passwordOf(email) })).status).toBe(200)
    })
  })

  describe('sessions', () => {
    it('are cookies that no script reads and no other page sends', async () => {
      const person = await people.welcome(tenant, 'cookie@example.com', 'agent')
      const attributes = person.attributes.get('inthread.session_token') ?? ''
      expect(attributes).toMatch(/HttpOnly/)
      expect(attributes).toMatch(/SameSite=Strict/i)
      expect(attributes).toMatch(/Max-Age=43200/)
      for (const origin of ['https://evil.example', null, 'null']) {
        const stolen = person.with(origin)
        expect((await stolen.act('end-sessions')).status).toBe(403)
        expect(await stolen.change('desk.claim', { tenant, case: 'x' })).toMatchObject({
          code: 'UNAUTHORIZED',
        })
      }
      expect(await person.change('desk.claim', { tenant, case: 'x' })).not.toMatchObject({
        code: 'UNAUTHORIZED',
      })
    })

    it('are of use in every process, are listed, and end one by one', async () => {
      const email = 'many@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      const other = people.someone()
      await other.act('sign-in', { email, password: passwordOf(email) })
      expect(await other.with(people.sandbox.house.url, people.secondUrl).ask('keys.me')).toMatchObject({
        role: 'agent',
      })
      const { sessions } = (await person.act('sessions')).body as { sessions: { id: string; own: boolean }[] }
      expect(sessions.map(({ own }) => own).sort()).toEqual([false, true])
      const foreign = await people.welcome(tenant, 'foreign@example.com', 'agent')
      const theirs = sessions.find(({ own }) => !own)?.id
      expect((await foreign.act('end-sessions', { id: theirs })).body).toEqual({ ended: 0 })
      expect((await person.act('end-sessions', { id: theirs })).body).toEqual({ ended: 1 })
      expect(await other.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      const kept = person.with(people.sandbox.house.url)
      expect((await person.act('sign-out')).status).toBe(200)
      expect(person.cookie).not.toContain('session_token')
      expect(await kept.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    })

    it('name where they were begun, by a proxy’s word where the proxy is known', async () => {
      const email = 'proxied@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      for (const url of [people.secondUrl, people.sandbox.house.url]) {
        const answer = await fetch(`${url}/auth/sign-in`, {
          method: 'POST',
          headers: {
            ...{ 'content-type': 'application/json', origin: people.sandbox.house.url },
            ...{ 'x-forwarded-for': '203.0.113.9', 'x-inthread-ip': '198.51.100.1' },
          },
          body: JSON.stringify({ email, password: passwordOf(email) }),
        })
        expect(answer.status).toBe(200)
      }
      const { sessions } = (await person.act('sessions')).body as { sessions: { from: string }[] }
      expect(sessions.map(({ from }) => from).sort()).toEqual(['127.0.0.1', '127.0.0.1', '203.0.113.9'])
    })

    it('end half an hour after the last call, and half a day after the first', async () => {
      const person = await people.welcome(tenant, 'idle@example.com', 'agent')
      const { id } = (await person.act('me')).body as { id: string }
      const at = (column: string, ago: number) =>
        people.run(sql`update auth_session set ${sql.ref(column)} = ${isoAgo(ago)}
          where ${sql.ref('userId')} = ${id}`)
      await at('updatedAt', 29 * 60_000)
      expect(await person.ask('keys.me')).toMatchObject({ role: 'agent' })
      const [row] = await people.look(
        sql`select ${sql.ref('updatedAt')} as at from auth_session where ${sql.ref('userId')} = ${id}`,
      )
      expect((row as { at: string }).at > isoAgo(60_000)).toBe(true)
      await at('updatedAt', 31 * 60_000)
      expect(await person.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      const again = people.someone()
      await again.act('sign-in', { email: 'idle@example.com', password: passwordOf('idle@example.com') })
      await at('expiresAt', 1)
      expect(await again.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      await people.someone().act('sign-in', { email: 'idle@example.com', password: passwordOf('idle@example.com') })
      expect(await countSessions(id)).toBe(1)
    })

    it('are not kept open by a page that follows something, and end what it follows', async () => {
      const person = await people.welcome(tenant, 'away@example.com', 'agent')
      const { id } = (await person.act('me')).body as { id: string }
      const seen = async (ago: number) => {
        const at = isoAgo(ago)
        await people.run(
          sql`update auth_session set ${sql.ref('updatedAt')} = ${at} where ${sql.ref('userId')} = ${id}`,
        )
        return [{ at }]
      }
      const look = () =>
        people.look(sql`select ${sql.ref('updatedAt')} as at from auth_session where ${sql.ref('userId')} = ${id}`)
      const before = await seen(29 * 60_000)
      const input = encodeURIComponent(JSON.stringify({ tenant }))
      const url = `${people.sandbox.house.url}/trpc/desk.follow?input=${input}`
      const { body } = await fetch(url, { headers: { cookie: person.cookie } })
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
      let told = ''
      const readUntil = async (words: string): Promise<void> => {
        while (!told.includes(words)) {
          const { done = true, value = '' } = (await reader?.read()) ?? {}
          if (done) throw new Error(`the stream ended after ${told}`)
          told += value
        }
      }
      await readUntil('data: []')
      expect(await look()).toEqual(before)
      await seen(31 * 60_000)
      await readUntil('"code":"UNAUTHORIZED"')
      expect(await look()).toEqual([])
    }, 40_000)

    it('are nobody’s when the cookie is made up, changed, or too much', async () => {
      const person = await people.welcome(tenant, 'forger@example.com', 'agent')
      const forged = [
        'inthread.session_token=abc.def',
        `${person.cookie.slice(0, -6)}AAAAAA`,
        `inthread.session_token=${'x'.repeat(4000)}`,
        'inthread.session_token=',
        'inthread.session_token=%00%ff.%zz',
      ]
      for (const cookie of forged) {
        const answer = await fetch(`${people.sandbox.house.url}/trpc/keys.me`, { headers: { cookie } })
        expect([cookie.slice(0, 40), answer.status]).toEqual([cookie.slice(0, 40), 401])
      }
    })
  })

  it('are asked for nothing that breaks the platform', async () => {
    const person = await people.welcome(tenant, 'odd@example.com', 'agent')
    const odd = [null, [], 'x', 7, { id: '\u0000' }, { code: '9'.repeat(20) }, { token: 'x' }, { place: '\u0000' }]
    const given = { email: 'odd@example.com\u0000', password: '\u0000', current: 'a'.repeat(256), wanted: '\u0000' }
    for (const action of ['sign-in', 'second-factor', 'step-up', 'me', 'sessions', 'end-sessions', 'place', 'password'])
      for (const body of [...odd, given]) {
        const { status } = await person.act(action, body as object)
        expect([action, body, status < 500]).toEqual([action, body, true])
      }
    for (const action of ['factor-start', 'factor-confirm', 'invitation', 'accept', 'sign-out'])
      for (const body of odd) expect((await person.act(action, body as object)).status).toBeLessThan(500)
    expect((await person.act('__proto__')).status).toBe(404)
    expect((await person.act('sign-up')).status).toBe(404)
    expect(people.sandbox.log.filter((line) => line.includes('http.failed'))).toEqual([])
  })

  it('begin with a link that the command makes for the first of them', async () => {
    const { home, url, adminKey } = people.sandbox.house
    const command = (...given: readonly string[]) =>
      runInthread(['people', ...given, '--home', home.folder, '--url', url, '--key', adminKey])
    const made = await command('invite', 'first@example.com', '--role', 'operator')
    expect(made).toMatchObject({ code: 0, errors: '' })
    const token = /#invitation=(\S+)/.exec(made.output)?.[1]
    const first = people.someone()
    const given = { token, name: 'First', password: passwordOf('first@example.com') }
    expect(await first.act('accept', given)).toMatchObject({ status: 200 })
    expect(await first.ask('keys.me')).toMatchObject({ role: 'operator', tenant: null })
    const list = await command('list')
    expect(list.output).toMatch(/operator +First <first@example\.com>, no second factor/)
    await command('invite', 'later@example.com', '--role', 'auditor', '--json')
    const waiting = /^([0-9a-f]{16}) +auditor +later@example\.com, not used yet$/m.exec((await command('list')).output)
    expect(await command('withdraw', waiting?.[1] ?? '')).toMatchObject({ code: 0, output: 'It is withdrawn.\n' })
    expect(await command('invite', 'later@example.com')).toMatchObject({
      errors: expect.stringContaining('--role operator'),
    })
    expect(await command('invite', 'x@example.com', '--role', 'owner')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('name the tenant'),
    })
  })

  it('leave neither address nor name nor code in the log', async () => {
    expect(people.sandbox.log.join('\n')).not.toMatch(/@example\.com|Olive|otpauth|four words/)
  })
})
