import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@inthread/store/sql'
import { runInthread } from '../kit/outside/command.ts'
import { isoAgo, openPeople, passwordOf, type People } from '../kit/people/open-people.ts'
import type { Person } from '../kit/people/person.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'

const tenant = 'northern-rail'
const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const

describeOnDrawnDatabase('people', (open) => {
  let people: People
  beforeAll(async () => {
    people = await openPeople(await open())
  })
  afterAll(() => people.close())

  const idOf = async (person: Person) => String((await person.act('me')).body['id'])
  const owner = async (email: string) => {
    const person = await people.welcome(tenant, email, 'owner')
    await people.setUpFactor(person, email)
    return person
  }
  const linkOf = (answer: unknown) => (answer as { link: string }).link.split('#invitation=')[1]

  describe('who keep a link for another day', () => {
    it('open nothing that its person was let into since', async () => {
      const email = 'promoted@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      const by = await owner('patient-owner@example.com')
      const kept = linkOf(await by.change('people.renew', { tenant, person: await idOf(person) }))
      await person.act('accept', { token: await people.invite('*', email, 'operator') })
      const password = 'the owner makes one up 42'
      const thief = people.someone()
      expect((await thief.act('invitation', { token: kept })).status).toBe(410)
      expect((await thief.act('accept', { token: kept, password })).status).toBe(410)
      expect((await person.act('me')).body).toMatchObject({ state: 'in' })
    })

    it('open nothing either where it came about at the same moment', async () => {
      const email = 'raced@example.com'
      const person = await people.welcome(tenant, email, 'agent')
      const by = await owner('racing-owner@example.com')
      const kept = linkOf(await by.change('people.renew', { tenant, person: await idOf(person) }))
      await people.run(sql`update auth_member set ${sql.ref('createdAt')} = ${isoAgo(-1000)}
        where ${sql.ref('userId')} = ${await idOf(person)}`)
      const given = { token: kept, password: 'the owner makes one up 42' }
      expect((await people.someone().act('accept', given)).status).toBe(410)
    })

    it('open nothing once another one of the same kind was made', async () => {
      const person = await people.welcome(tenant, 'twice@example.com', 'agent')
      const id = await idOf(person)
      const [first, second] = [
        await people.sandbox.api.people.renew.mutate({ tenant, person: id }),
        await people.sandbox.api.people.renew.mutate({ tenant, person: id }),
      ].map(linkOf)
      const password = 'something wholly other 99'
      expect((await people.someone().act('accept', { token: first, password: `${password}9` })).status).toBe(410)
      expect((await people.someone().act('accept', { token: second, password })).status).toBe(200)
    })

    it('do not come back with it after they were removed, nor by one that they made', async () => {
      const email = 'leaving@example.com'
      const person = await owner(email)
      const made = linkOf(await person.change('people.invite', { tenant, email: 'self-2@example.com', role: 'owner' }))
      const spare = await people.invite(tenant, email, 'owner')
      const other = await people.invite(tenant, 'unrelated@example.com', 'agent')
      await people.sandbox.api.people.remove.mutate({ tenant, person: await idOf(person) })
      const given = { name: 'Again', password: passwordOf('again') }
      expect((await people.someone().act('accept', { ...given, token: made })).status).toBe(410)
      expect((await person.act('accept', { token: spare })).status).toBe(410)
      expect((await people.someone().act('invitation', { token: other })).status).toBe(200)
    })

    it('guess none, however it is written', async () => {
      const token = await people.invite(tenant, 'guessed@example.com', 'agent')
      for (const wrong of [token.slice(0, -1), `${token} `, token.toUpperCase(), '', `${token}=`, token.slice(1)])
        expect([wrong, (await people.someone().act('invitation', { token: wrong })).status]).toEqual([wrong, 410])
    })
  })

  it('have no name that does something where it is shown', async () => {
    const token = await people.invite(tenant, 'named@example.com', 'agent')
    const password = passwordOf('named@example.com')
    for (const name of ['a\u001b[2J', 'a\nb', 'a\u202egpj', 'a\u0000'])
      expect((await people.someone().act('accept', { token, name, password })).status).toBe(400)
    const given = { token, name: '王小明 O’Neil-Ñandú', password }
    expect((await people.someone().act('accept', given)).status).toBe(200)
  })

  describe('whose cookie another page sends along', () => {
    const bodies = [
      ['application/json', '{"tenant":"northern-rail","email":"csrf@example.com","role":"agent"}'],
      ['text/plain', '{"tenant":"northern-rail","email":"csrf@example.com","role":"agent"}'],
      ['application/x-www-form-urlencoded', 'tenant=northern-rail&email=csrf@example.com&role=agent'],
      ['multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="tenant"\r\n\r\nx\r\n--b--\r\n'],
    ] as const
    it('change nothing, whatever kind of body it is', async () => {
      const { cookie } = await owner('csrf-owner@example.com')
      const { url } = people.sandbox.house
      for (const origin of ['https://evil.example', 'null', undefined])
        for (const [type, body] of bodies)
          for (const path of ['/trpc/people.invite', '/trpc/people.invite,keys.me?batch=1', '/auth/end-sessions']) {
            const headers = { cookie, 'content-type': type, ...(origin === undefined ? {} : { origin }) }
            const { status } = await fetch(`${url}${path}`, { method: 'POST', headers, body })
            expect([path, type, origin, status >= 400 && status < 500]).toEqual([path, type, origin, true])
          }
      const input = encodeURIComponent(bodies[0][1])
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
        await fetch(`${url}/trpc/people.invite?input=${input}`, { method, headers: { cookie } })
      const waiting = await people.sandbox.api.people.invitations.query({ tenant })
      expect(waiting.filter(({ email }) => email === 'csrf@example.com')).toEqual([])
    })
  })

  it('with a factor that is old do nothing grave, in whatever company the call comes', async () => {
    const person = await owner('batch@example.com')
    await people.run(sql`update auth_session set ${sql.ref('secondFactorAt')} = ${isoAgo(301_000)}`)
    const { cookie } = person
    const { url } = people.sandbox.house
    const answer = await fetch(`${url}/trpc/desk.claim,grants.block,people.invite?batch=1`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({
        0: { tenant, case: 'x' },
        1: { tenant, grant },
        2: { tenant, email: 'b@example.com', role: 'owner' },
      }),
    })
    const faults = ((await answer.json()) as { error?: { data: { fault: string } } }[]).map(
      ({ error }) => error?.data.fault,
    )
    expect(faults).toEqual([null, 'auth.step_up_required', 'auth.step_up_required'])
    const email = 'batch@example.com'
    const change = { current: passwordOf(email), wanted: 'entirely other words 2026' }
    expect((await person.act('password', change)).status).toBe(200)
    expect(await person.change('grants.block', { tenant, grant })).toMatchObject({ fault: 'auth.step_up_required' })
  })

  it('are counted as one, however they write their address and wherever they come from', async () => {
    const { url } = people.sandbox.house
    const ways = ['Counted@Example.com', ' counted@example.com', 'COUNTED@EXAMPLE.COM ', 'counted@example.com']
    const statuses: number[] = []
    for (let tries = 0; tries < 14; tries += 1) {
      const { status } = await fetch(`${url}/auth/sign-in`, {
        method: 'POST',
        headers: { origin: url, 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${tries}` },
        body: JSON.stringify({ email: ways[tries % ways.length], password: 'some wrong words' }),
      })
      statuses.push(status)
    }
    // Nobody has this address: it is answered as any other.
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)])
    for (const email of ['c\u043eunted@example.com', 'counted\u200b@example.com', 'counted@example\u3002com'])
      expect((await people.someone().act('sign-in', { email, password: 'some wrong words' })).status).toBe(400)
  })

  it('get a session of their own, and not one that was planted', async () => {
    const email = 'fixed@example.com'
    const person = await people.welcome(tenant, email, 'agent')
    const before = person.cookie
    expect((await person.act('sign-in', { email, password: passwordOf(email) })).status).toBe(200)
    expect(person.cookie).not.toBe(before)
    const old = person.with(people.sandbox.house.url)
    await people.setUpFactor(person, email)
    expect(person.cookie).not.toBe(old.cookie)
    expect(await old.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    const attributes = person.attributes.get('inthread.session_token') ?? ''
    expect(attributes).toMatch(/Path=\//)
    expect(attributes).not.toMatch(/Domain=/i)
  })

  it('who are removed where they act do not act there by another place', async () => {
    const email = 'two-places@example.com'
    const person = await owner(email)
    await person.act('accept', { token: await people.invite('*', email, 'auditor') })
    expect(await person.ask('keys.me')).toMatchObject({ role: 'owner', tenant })
    await people.sandbox.api.people.remove.mutate({ tenant, person: await idOf(person) })
    expect(await person.ask('keys.me')).toMatchObject({ role: 'auditor' })
    for (const path of ['people.invite', 'people.renew'])
      expect(
        await person.change(path, { tenant, email: 'x@example.com', role: 'owner', person: await idOf(person) }),
      ).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('who may do less from now on leave no key behind that may more', async () => {
    const email = 'former-operator@example.com'
    const person = await people.welcome('*', email, 'operator')
    await people.setUpFactor(person, email)
    const make = async (name: string, role: string): Promise<string> =>
      ((await person.change('keys.create', { name, role })) as { readonly key: string }).key
    const [all, reading] = [await make('of-an-operator', 'operator'), await make('of-an-auditor', 'auditor')]
    const statusOf = async (key: string): Promise<number> => {
      const headers = { authorization: `Bearer ${key}` }
      return (await fetch(`${people.sandbox.house.url}/trpc/keys.list`, { headers })).status
    }
    expect([await statusOf(all), await statusOf(reading)]).toEqual([200, 200])
    const answer = await person.act('accept', { token: await people.invite('*', email, 'auditor') })
    expect(answer.status).toBe(200)
    expect([await statusOf(all), await statusOf(reading)]).toEqual([401, 200])
    const command = (...more: string[]) =>
      runInthread([
        'people',
        'remove',
        id,
        ...more,
        '--url',
        people.sandbox.house.url,
        '--key',
        people.sandbox.house.adminKey,
      ])
    const id = await idOf(person)
    expect((await command()).errors).toContain('of-an-auditor')
    expect(await statusOf(reading)).toBe(200)
    expect((await command('--end-keys')).output).toContain('Revoked: of-an-auditor')
    expect(await statusOf(reading)).toBe(401)
  })

  it('leave nothing of what they read in a cache', async () => {
    const { cookie } = await people.welcome(tenant, 'cached@example.com', 'agent')
    for (const path of ['/trpc/keys.me', '/trpc/people.list', '/trpc/nothing']) {
      const answer = await fetch(`${people.sandbox.house.url}${path}`, { headers: { cookie } })
      expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })

  it('leave no link in the record, and no address', async () => {
    const { items } = await people.sandbox.api.audit.list.query({ tenant, limit: 200 })
    expect(JSON.stringify(items)).not.toMatch(/@example|invitation=/)
    expect(people.sandbox.log.join('\n')).not.toMatch(/@example|invitation=/)
    expect(people.sandbox.log.filter((line) => /http\.failed|office\.failed/.test(line))).toEqual([])
  })
})
