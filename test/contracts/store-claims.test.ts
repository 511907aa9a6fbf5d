import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  claimLease,
  openCredentialCell,
  openScope,
  releaseLease,
  storeMigrations,
  type CredentialPorts,
  type Store,
} from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, pause, type Ground } from '../kit/ground.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const longMs = 60_000

async function claimSoon(store: Store, name: string, owner: string): Promise<number> {
  for (;;) {
    const fence = await claimLease(store, { name, owner, leaseMs: longMs })
    if (fence !== undefined) return fence
    await pause(5)
  }
}

describeOnEachDatabase('a lease', (open) => {
  let one: Ground
  let two: Ground
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: storeMigrations })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })
  const claim = (ground: Ground, name: string, leaseMs = longMs): Promise<number | undefined> =>
    claimLease(ground.store, { name, owner: ground.owner, leaseMs })

  it('has one owner, however many ask at once', async () => {
    const owners = Array.from({ length: 20 }, (_, index) => `owner ${index}`)
    const asked = owners.map((owner, index) =>
      claimLease((index % 2 === 0 ? one : two).store, { name: 'many', owner, leaseMs: longMs }),
    )
    expect((await Promise.all(asked)).filter((fence) => fence !== undefined)).toEqual([1])
  })

  it('is held against others and prolonged by its owner, with a growing fence', async () => {
    expect(await claim(one, 'held')).toBe(1)
    expect(await claim(two, 'held')).toBeUndefined()
    expect(await claim(one, 'held')).toBe(2)
    expect(await claim(two, 'held')).toBeUndefined()
  })

  it('goes to another one when it runs out, by the database’s clock', async () => {
    expect(await claim(one, 'short', 40)).toBe(1)
    two.clock.advance(longMs)
    expect(await claim(two, 'short')).toBeUndefined()
    expect(await claimSoon(two.store, 'short', two.owner)).toBe(2)
    expect(await claim(one, 'short')).toBeUndefined()
  })

  it('is given back by its owner alone', async () => {
    await claim(one, 'given')
    await releaseLease(two.store, { name: 'given', owner: two.owner })
    expect(await claim(two, 'given')).toBeUndefined()
    await releaseLease(one.store, { name: 'given', owner: one.owner })
    expect(await claimSoon(two.store, 'given', two.owner)).toBe(2)
  })

  it('has nothing to do with a lease of another name', async () => {
    expect([await claim(one, 'a'), await claim(two, 'A'), await claim(two, 'a ')]).toEqual([1, 1, 1])
  })
})

const rail = openScope('rail')

describeOnEachDatabase('a credential cell', (open) => {
  let one: Ground
  let two: Ground
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: storeMigrations })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })
  const portsOf = ({ store, sealer, owner }: Ground): CredentialPorts => ({
    store,
    sealer,
    owner,
    pause,
    elapsedMs: () => performance.now(),
  })
  const cellOf = (ground: Ground, name: string) => openCredentialCell(rail, name, portsOf(ground))
  const bring = (value: string, livesMs = longMs) => Promise.resolve({ value, livesMs })

  it('is renewed once, however many want it at once in two processes', async () => {
    let obtained = 0
    const renewals = Array.from({ length: 20 }, (_, index) =>
      cellOf(index % 2 === 0 ? one : two, 'many').renew(undefined, async () => {
        obtained += 1
        await pause(30)
        return bring(`token ${obtained}`)
      }),
    )
    expect(new Set(await Promise.all(renewals))).toEqual(new Set(['token 1']))
    expect(obtained).toBe(1)
    expect(await cellOf(two, 'many').find()).toBe('token 1')
  })

  it('is renewed once more when that one is stale, and not for whoever is late', async () => {
    await cellOf(one, 'stale').renew(undefined, () => bring('old'))
    expect(await cellOf(two, 'stale').renew('old', () => bring('new'))).toBe('new')
    const late = cellOf(one, 'stale').renew('old', () => Promise.reject(new Error('nobody asks for another one')))
    expect(await late).toBe('new')
  })

  it('is renewed once by all that share it in one process', async () => {
    let obtained = 0
    const cell = cellOf(one, 'shared')
    const renewals = Array.from({ length: 20 }, () => cell.renew(undefined, () => bring(`token ${(obtained += 1)}`)))
    expect(new Set(await Promise.all(renewals))).toEqual(new Set(['token 1']))
    expect([obtained, await cell.find()]).toEqual([1, 'token 1'])
    expect(await cell.renew('token 1', () => bring('token 2'))).toBe('token 2')
    expect([await cell.find(), await cellOf(two, 'shared').find()]).toEqual(['token 2', 'token 2'])
  })

  it('is empty once its time is over', async () => {
    await cellOf(one, 'short').renew(undefined, () => bring('brief', 40))
    while ((await cellOf(two, 'short').find()) !== undefined) await pause(5)
    expect(await cellOf(two, 'short').renew('brief', () => bring('next'))).toBe('next')
  })

  it('is free for the next one after a failure', async () => {
    const failing = cellOf(one, 'failing').renew(undefined, () => Promise.reject(new Error('refused')))
    await expect(failing).rejects.toThrow('refused')
    expect(await cellOf(two, 'failing').renew(undefined, () => bring('token'))).toBe('token')
  })

  it('waits for a process that died while it was renewing, until its lease is over', async () => {
    await claimLease(one.store, { name: 'credential:rail:dead', owner: 'dead', leaseMs: 80 })
    expect(await cellOf(two, 'dead').renew(undefined, () => bring('token'))).toBe('token')
  })

  it('belongs to its tenant', async () => {
    await cellOf(one, 'own').renew(undefined, () => bring('of rail'))
    const other = openCredentialCell(openScope('school'), 'own', portsOf(one))
    expect(await other.find()).toBeUndefined()
  })

  it('is no readable text in the table', async () => {
    await cellOf(one, 'sealed').renew(undefined, () => bring('readable-token'))
    const { rows } = await one.store.read('all', (reader) => sql`select * from credential`.execute(sqlOf(reader)))
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('readable-token')
  })
})

describe('a credential that nobody renews in time', () => {
  describeOnEachDatabase('is given up on', (open) => {
    it('with a fault that says which one', async () => {
      const ground = await openGround(await open(), { migrations: storeMigrations })
      await claimLease(ground.store, { name: 'credential:rail:stuck', owner: 'other', leaseMs: longMs })
      let waitedMs = 0
      const ports = {
        ...ground,
        elapsedMs: () => waitedMs,
        pause: (durationMs: number) => {
          waitedMs += durationMs
          return Promise.resolve()
        },
      }
      const renewing = openCredentialCell(rail, 'stuck', ports).renew(undefined, () => Promise.reject(new Error('no')))
      await expect(renewing).rejects.toMatchObject({ code: 'credential.not_renewed', data: { credential: 'stuck' } })
      expect(waitedMs).toBe(20_000)
      await ground.close()
    })
  })
})
