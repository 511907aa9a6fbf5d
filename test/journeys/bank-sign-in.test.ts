import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdminClient } from '@inthread/client'
import { sql, sqlOf } from '@inthread/store/sql'
import { indexOfAddress, passwordOf } from '../kit/people/open-people.ts'
import { openBankLogin, type BankLogin } from '../kit/people/open-bank-login.ts'
import { Person } from '../kit/people/person.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'

describeOnDrawnDatabase('the bank’s own staff', (open) => {
  let login: BankLogin
  let sandbox: Sandbox
  beforeAll(async () => {
    const [port = 0] = await findFreePorts(1)
    const url = `http://127.0.0.1:${port}`
    login = await openBankLogin(`${url}/auth/callback/bank`)
    sandbox = await openSandbox({
      database: await open(),
      environment: {
        INTHREAD_PORT: String(port),
        INTHREAD_PUBLIC_URL: url,
        INTHREAD_OIDC_ISSUER: login.issuer,
        INTHREAD_OIDC_CLIENT_ID: login.clientId,
        INTHREAD_OIDC_CLIENT_SECRET: login.clientSecret,
        INTHREAD_OIDC_NAME: 'Example Bank',
      },
    })
  })
  afterAll(async () => {
    await sandbox.stop()
    await login.close()
  })

  const invite = (place: string, email: string, role: 'risk' | 'owner') =>
    sandbox.api.people.invite.mutate({ tenant: place, email, role })
  const secretOf = ({ link }: { readonly link: string }) => link.split('=')[1]
  const someone = (email: string) => ({ name: 'O', password: passwordOf(email) })
  const users = async (email: string) =>
    (
      await sandbox.house.store.read('test', (reader) =>
        sql`select id from auth_user where email = ${indexOfAddress(sandbox.house, email)}`.execute(sqlOf(reader)),
      )
    ).rows.length

  /** Goes to the provider and comes back; gives where the browser has landed. */
  async function come(person: Person, email: string, verified?: boolean | string): Promise<string> {
    login.next = { email, ...(verified === undefined ? {} : { verified }) }
    const { body } = await person.act('bank-start')
    return person.follow(String(body['url']))
  }

  it('comes by its provider when it is invited, without a password, and as what it was invited to', async () => {
    const email = 'bruno@bank.example'
    await invite('*', email, 'risk')
    const person = new Person(sandbox.house.url)
    expect((await person.act('ways')).body).toEqual({ bank: 'Example Bank' })
    expect(await come(person, email)).toBe(`${sandbox.house.url}/console/`)
    expect(person.attributes.get('inthread.session_token')).toMatch(/SameSite=Strict/i)
    expect(await person.ask('keys.me')).toMatchObject({ role: 'risk', tenant: null, kind: 'person' })
    expect((await new Person(sandbox.house.url).act('sign-in', { email, password: 'whatever it is 123' })).status).toBe(
      401,
    )
    const again = new Person(sandbox.house.url)
    await come(again, email)
    expect(await again.ask('keys.me')).toMatchObject({ role: 'risk' })
    expect(await users(email)).toBe(1)
    const made = (await again.act('factor-start', { password: '' })).body
    expect(made).toMatchObject({ uri: expect.stringContaining('otpauth://totp/') })
    const kept = await sandbox.house.store.read('test', (reader) =>
      sql`select * from auth_account where ${sql.ref('providerId')} = 'bank'`.execute(sqlOf(reader)),
    )
    expect(kept.rows).toMatchObject([{ accessToken: null, refreshToken: null, idToken: null }])
  })

  it('is nobody whom nobody has invited, and leaves nothing behind', async () => {
    for (const [email, verified] of [
      ['stranger@bank.example', true],
      ['unchecked@bank.example', false],
      // As some providers write it.
      ['unchecked-too@bank.example', 'false'],
    ] as const) {
      if (verified !== true) await invite('*', email, 'risk')
      const person = new Person(sandbox.house.url)
      expect(await come(person, email, verified)).toBe(`${sandbox.house.url}/console/#sign-in=refused`)
      expect(await person.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
      expect(await users(email)).toBe(0)
    }
  })

  it('does not speak for people of a tenant, nor for its own in a tenant', async () => {
    const email = 'owner@rail.example'
    const own = new Person(sandbox.house.url)
    await own.act('accept', { token: secretOf(await invite(tenant, email, 'owner')), ...someone(email) })
    const stolen = new Person(sandbox.house.url)
    expect(await come(stolen, email)).toContain('refused')
    expect(await stolen.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    await own.act('accept', { token: secretOf(await invite('*', email, 'risk')) })
    const staff = new Person(sandbox.house.url)
    expect(await come(staff, email)).not.toContain('refused')
    expect(await staff.ask('keys.me')).toMatchObject({ role: 'risk', tenant: null })
    expect((await staff.act('place', { place: tenant })).status).toBe(403)
    expect(await own.ask('keys.me')).toMatchObject({ role: 'owner', tenant })
    const { id } = (await own.act('me')).body as { id: string }
    await sandbox.api.people.remove.mutate({ tenant: '*', person: id })
    expect(await staff.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    expect(await come(new Person(sandbox.house.url), email)).toContain('refused')
  })

  it('gets no account whose password an owner knows, who has invited their address first', async () => {
    const email = 'boris@bank.example'
    const thief = new Person(sandbox.house.url)
    await thief.act('accept', { token: secretOf(await invite(tenant, email, 'owner')), ...someone(email) })
    const link = secretOf(await invite('*', email, 'risk'))
    const boris = new Person(sandbox.house.url)
    expect(await come(boris, email)).toContain('refused')
    expect(await boris.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    expect((await thief.act('place', { place: '*' })).status).toBe(403)
    const again = new Person(sandbox.house.url)
    await again.act('sign-in', { email, password: passwordOf(email) })
    expect(await again.ask('keys.me')).toMatchObject({ role: 'owner', tenant })
    const { id } = (await thief.act('me')).body as { id: string }
    const renewed = secretOf(await sandbox.api.people.renew.mutate({ tenant, person: id }))
    const own = new Person(sandbox.house.url)
    expect((await own.act('accept', { token: renewed, password: passwordOf('boris himself') })).status).toBe(200)
    expect((await own.act('accept', { token: link })).status).toBe(200)
    expect(await thief.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    expect(await come(boris, email)).not.toContain('refused')
    expect(await boris.ask('keys.me')).toMatchObject({ role: 'risk' })
  })

  it('comes back to the browser that went, and to no other, and once', async () => {
    const email = 'bella@bank.example'
    await invite('*', email, 'risk')
    login.next = { email }
    const person = new Person(sandbox.house.url)
    const { body } = await person.act('bank-start')
    const answer = await new Person(login.issuer).walk(String(body['url']), sandbox.house.url)
    const other = new Person(sandbox.house.url)
    expect(await other.follow(answer)).toContain('refused')
    expect(await other.ask('keys.me')).toMatchObject({ code: 'UNAUTHORIZED' })
    for (const query of [
      '',
      '?code=x',
      '?state=x',
      '?code=x&state=y',
      '?error=access_denied&state=z',
      '?code=a&code=b',
    ])
      expect(await new Person(sandbox.house.url).follow(`${sandbox.house.url}/auth/callback/bank${query}`)).toContain(
        'refused',
      )
  })

  it('waits for nothing where the provider is away: passwords go on', async () => {
    const { api, house } = sandbox
    const token = (await invite(tenant, 'away@rail.example', 'owner')).link.split('=')[1]
    await login.close()
    const person = new Person(house.url)
    const given = { token, name: 'A', password: passwordOf('away@rail.example') }
    expect((await person.act('accept', given)).status).toBe(200)
    expect(await come(new Person(house.url), 'bruno@bank.example').catch(() => 'refused')).toContain('refused')
    expect(await api.keys.me.query()).toMatchObject({ kind: 'key' })
    expect(createAdminClient({ url: house.url })).toBeDefined()
  })
})
