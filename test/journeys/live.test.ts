import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createAdminClient, type AdminApi, type StreamEvent } from '@inthread/client'
import { readSettings, startHouse } from '@inthread/runtime'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { TestDatabase } from '../kit/databases.ts'
import { findFreePorts, releasePorts } from '../kit/ports.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'
const patience = { timeout: 20_000, interval: 100 }

interface Entry {
  readonly id: string
  readonly kind: string
  readonly text: string
}

describeOnDrawnDatabase('news of the office', (open) => {
  let database: TestDatabase
  let sandbox: Sandbox
  let internal: string
  let ports: readonly number[]
  let conversation: string
  let leaving = new AbortController()
  beforeAll(async () => {
    ports = await findFreePorts(2)
    database = await open()
    internal = `http://127.0.0.1:${ports[0]}`
    sandbox = await openSandbox({ database, environment: { INTHREAD_INTERNAL_PORT: String(ports[0]) } })
    const phone = sandbox.phone('+8613800000001')
    await phone.say('你好')
    await phone.waitFor(() => true)
    await phone.say('明天上午从成都到北京，一张二等座')
    await phone.waitFor(() => true)
    const { items } = await sandbox.api.conversations.list.query({ tenant })
    conversation = items[0]?.id ?? ''
  }, 60_000)
  afterEach(() => {
    leaving.abort()
    leaving = new AbortController()
  })
  afterAll(async () => {
    await sandbox.stop()
    releasePorts([...ports])
  })

  /** Keeps what a stream tells, and how it ended. */
  function listen<T>(start: (options: { readonly signal: AbortSignal }) => AsyncIterable<StreamEvent<T>>) {
    const ending = new AbortController()
    const heard: StreamEvent<T>[] = []
    const { signal } = ending
    const ended = (async (): Promise<unknown> => {
      for await (const event of start({ signal: AbortSignal.any([signal, leaving.signal]) })) heard.push(event)
      return 'ended'
    })().catch((error: unknown) => error)
    return { heard, ended, stop: () => ending.abort() }
  }
  const follow = (
    input: { readonly limit?: number; readonly lastEventId?: string } = {},
    api: AdminApi = sandbox.api,
  ) => listen<Entry>((options) => api.conversations.follow.subscribe({ tenant, conversation, ...input }, options))
  const timeline = async (): Promise<string[]> =>
    (await sandbox.api.conversations.timeline.query({ tenant, conversation, limit: 500 })).map(nameOf)
  const nameOf = ({ kind, id }: Entry): string => `${kind} ${id}`
  const namesOf = (events: readonly StreamEvent<Entry>[]): string[] => events.map(({ data }) => nameOf(data))
  const said = (events: readonly StreamEvent<Entry>[]): string[] =>
    events.flatMap(({ data }) => (data.kind === 'received' && data.text.startsWith('word') ? [data.text] : []))
  const countOpen = async (): Promise<number> => {
    const text = await (await fetch(`${internal}/metrics`)).text()
    return Number(/^inthread_streams (\d+)$/m.exec(text)?.[1])
  }
  const withKey = async (name: string, role = `owner:${tenant}`) => {
    const { id, key } = await sandbox.api.keys.create.mutate({ name, role })
    return { id, api: createAdminClient({ url: sandbox.house.url, apiKey: key }) }
  }
  const rest = async (): Promise<void> => {
    let before = ''
    await vi.waitFor(
      async () => {
        const now = (await timeline()).toSorted().join()
        const still = now === before
        before = now
        expect(still).toBe(true)
      },
      { timeout: 20_000, interval: 400 },
    )
  }

  it('of a conversation are its latest entries, then each that comes', async () => {
    await rest()
    const known = await timeline()
    const { heard, stop, ended } = follow({ limit: 3 })
    await vi.waitFor(() => expect(heard).toHaveLength(3), patience)
    expect(namesOf(heard).toSorted()).toEqual(known.slice(-3).toSorted())
    await sandbox.phone('+8613800000001').say('word one')
    await vi.waitFor(() => expect(said(heard)).toEqual(['word one']), patience)
    await vi.waitFor(() => expect(heard.slice(3).map(({ data }) => data.kind)).toContain('sent'), patience)
    stop()
    expect(await ended).toBe('ended')
  }, 60_000)

  it('go on behind the last one, however often the connection is cut, with none lost and none twice', async () => {
    await rest()
    const { heard, ended } = follow({ limit: 500 })
    const phone = sandbox.phone('+8613800000001')
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(3), patience)
    for (let at = 0; at < 2; at += 1) {
      await phone.say(`word ${at} before`)
      await sandbox.restart()
      await phone.say(`word ${at} after`)
    }
    const last = 'word 1 after'
    await vi.waitFor(() => expect(said(heard)).toContain(last), { timeout: 40_000, interval: 100 })
    await rest()
    const all = await timeline()
    await vi.waitFor(() => expect(namesOf(heard).toSorted()).toEqual(all.toSorted()), patience)

    // Another client goes on from the middle, as after a restart of its own.
    const middle = Math.floor(heard.length / 2)
    const later = follow({ lastEventId: heard[middle]?.id ?? '' })
    const expected = namesOf(heard.slice(middle + 1))
    await vi.waitFor(() => expect(namesOf(later.heard)).toHaveLength(expected.length), patience)
    expect(namesOf(later.heard).toSorted()).toEqual(expected.toSorted())
    leaving.abort()
    expect([await ended, await later.ended]).toEqual(['ended', 'ended'])
  }, 120_000)

  it('come from every process, and a process that stops leaves its listeners to the next', async () => {
    const environment = {
      INTHREAD_HOME: join(database.folder, 'home'),
      INTHREAD_PORT: String(ports[1]),
      ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
    }
    const startBeside = () => startHouse(readSettings(environment, false), { writeLog: () => undefined })
    let beside = await startBeside()
    try {
      const { heard, ended } = follow({ limit: 1 }, createAdminClient({ url: beside.url, apiKey: beside.adminKey }))
      await vi.waitFor(() => expect(heard).toHaveLength(1), patience)
      await sandbox.phone('+8613800000001').say('word beside')
      await vi.waitFor(() => expect(said(heard)).toContain('word beside'), patience)
      await beside.stop()
      await sandbox.phone('+8613800000001').say('word alone')
      beside = await startBeside()
      await vi.waitFor(() => expect(said(heard)).toEqual(['word beside', 'word alone']), patience)
      leaving.abort()
      expect(await ended).toBe('ended')
    } finally {
      await beside.stop()
    }
  }, 120_000)

  it('of the desk are the queue as it stands, and again whenever it is another', async () => {
    const { heard } = listen((options) => sandbox.api.desk.follow.subscribe({ tenant }, options))
    await vi.waitFor(() => expect(heard.map(({ data }) => data.length)).toEqual([0]), patience)
    const { case: opened } = await sandbox.api.desk.open.mutate({ tenant, conversation })
    await vi.waitFor(() => expect(heard.at(-1)?.data).toMatchObject([{ id: opened, state: 'claimed' }]), patience)
    const { lastEventId } = { lastEventId: heard.at(-1)?.id ?? '' }
    const again = listen((options) => sandbox.api.desk.follow.subscribe({ tenant, lastEventId }, options))
    await sandbox.api.desk.back.mutate({ tenant, case: opened })
    await vi.waitFor(() => expect(heard.at(-1)?.data).toEqual([]), patience)
    await vi.waitFor(() => expect(again.heard.at(-1)?.data).toEqual([]), patience)
  }, 60_000)

  it('of the audit are its records by their places, from any of them on', async () => {
    const fresh = listen((options) => sandbox.api.audit.follow.subscribe({ tenant }, options))
    const whole = listen((options) => sandbox.api.audit.follow.subscribe({ tenant, lastEventId: '0' }, options))
    await vi.waitFor(() => expect(whole.heard.length).toBeGreaterThan(1), patience)
    await vi.waitFor(async () => expect(await countOpen()).toBe(2), patience)
    await pause(1500)
    const { case: opened } = await sandbox.api.desk.open.mutate({ tenant, conversation })
    await vi.waitFor(() => expect(fresh.heard.map(({ data }) => data.action)).toContain('desk.handed_over'), patience)
    await sandbox.api.desk.back.mutate({ tenant, case: opened })
    await vi.waitFor(() => expect(whole.heard.at(-1)?.id).toBe(fresh.heard.at(-1)?.id), patience)
    expect(whole.heard.map(({ data }) => data.seq)).toEqual(whole.heard.map((_, at) => at + 1))
    expect(whole.heard.map(({ id }) => Number(id))).toEqual(whole.heard.map(({ data }) => data.seq))
  }, 60_000)

  it('are refused like calls are, in the same words', async () => {
    const { api } = await withKey('neighbour', 'owner:southern-rail')
    const ask = (input: { tenant: string; conversation: string; lastEventId?: string }, by = api) =>
      listen((options) => by.conversations.follow.subscribe(input, options)).ended
    const theirs = await ask({ tenant, conversation })
    expect(theirs).toMatchObject({ name: 'AdminError', code: 'NOT_FOUND', message: 'there is no such tenant' })
    const own = await ask({ tenant: 'southern-rail', conversation })
    const none = await ask({ tenant: 'southern-rail', conversation: 'none' })
    expect(own).toMatchObject({ code: 'NOT_FOUND', message: 'there is no such conversation' })
    expect(none).toMatchObject({ code: 'NOT_FOUND', message: 'there is no such conversation' })
    const odd = { tenant, conversation, lastEventId: 'odd' }
    expect(await ask(odd, sandbox.api)).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('"lastEventId"'),
    })
    const nobody = createAdminClient({ url: sandbox.house.url })
    expect(await ask({ tenant, conversation }, nobody)).toMatchObject({ code: 'UNAUTHORIZED' })
    const nowhere = createAdminClient({ url: internal.replace(/\d+$/, '1'), apiKey: 'k' })
    expect(await ask({ tenant, conversation }, nowhere)).toMatchObject({ code: 'UNREACHABLE' })
  }, 60_000)

  it('end when the key is revoked', async () => {
    const { id, api } = await withKey('leaver')
    const { heard, ended } = follow({}, api)
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), patience)
    await sandbox.api.keys.revoke.mutate({ name: id })
    expect(await ended).toMatchObject({ name: 'AdminError', code: 'UNAUTHORIZED' })
  }, 60_000)

  it('are told to one holder twenty times at once, and leave nothing open behind them', async () => {
    await vi.waitFor(async () => expect(await countOpen()).toBe(0), patience)
    const { api } = await withKey('crowd')
    const crowd = Array.from({ length: 20 }, () => follow({ limit: 1 }, api))
    await vi.waitFor(() => expect(crowd.every(({ heard }) => heard.length > 0)).toBe(true), patience)
    expect(await countOpen()).toBe(20)
    const above = await follow({ limit: 1 }, api).ended
    expect(above).toMatchObject({ code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('20 streams') })
    const other = follow({ limit: 1 })
    await vi.waitFor(() => expect(other.heard).toHaveLength(1), patience)
    crowd[0]?.stop()
    await vi.waitFor(async () => expect(await countOpen()).toBe(20), patience)
    const instead = follow({ limit: 1 }, api)
    await vi.waitFor(() => expect(instead.heard).toHaveLength(1), patience)
    leaving.abort()
    await vi.waitFor(async () => expect(await countOpen()).toBe(0), patience)
    expect(sandbox.log.filter((line) => line.includes('office.failed'))).toEqual([])
  }, 60_000)
})
