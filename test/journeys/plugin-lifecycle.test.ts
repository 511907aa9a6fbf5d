import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { readSettings, startHouse, type House, type HouseOptions } from '@inthread/runtime'
import { openSink, type Sink } from '../bench/sink.ts'
import { readRows } from '../faults/kit/rows.store.ts'
import { applyCrowd, buildCrowdDefinition, Crowd, crowdEnvironment, crowdTenant } from '../kit/crowd/crowd.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { buildTalk } from '../kit/crowd/build-talk.ts'

const name = { tenant: crowdTenant, bot: 'bot', plugin: 'talk' }
const secondsMs = 5000

describeOnEachDatabase('plugins in two processes', (open) => {
  let sink: Sink
  let first: House
  let second: House
  let api: AdminApi
  let other: AdminApi
  let crowd: Crowd
  let runs = 0

  beforeAll(async () => {
    sink = await openSink()
    const database = await open()
    const [portOne = 0, portTwo = 0] = await findFreePorts(2)
    const start = (port: number): Promise<House> => {
      const environment = {
        INTHREAD_PORT: String(port),
        INTHREAD_HOME: join(database.folder, 'home'),
        ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
      }
      const onRun = (): void => void (runs += 1)
      const options: HouseOptions = {
        plugins: [
          buildTalk({ version: '1.0.0', revision: 1, onRun }),
          buildTalk({ version: '1.1.0', revision: 1, onRun }),
          buildTalk({ version: '2.0.0', revision: 2, onRun }),
        ],
        environment: crowdEnvironment,
        writeLog: () => undefined,
      }
      return startHouse(readSettings(environment, false), options)
    }
    first = await start(portOne)
    second = await start(portTwo)
    api = await applyCrowd(first, { sinkUrl: sink.url, plugins: [{ use: 'talk', version: '~1.0' }] })
    other = createAdminClient({ url: second.url, apiKey: second.adminKey })
    // All users come through the process that nobody tells anything.
    crowd = new Crowd(second.url)
  }, 60_000)

  afterAll(async () => {
    await second.stop()
    await first.stop()
    await sink.close()
  })

  const lastRun = async (): Promise<string | undefined> => {
    const { run } = await readRows(first.store)
    return run.toSorted((left, right) => left.id.localeCompare(right.id)).at(-1)?.version
  }
  const openRuns = async (): Promise<number> =>
    (await readRows(first.store)).run.filter(({ state }) => state === 'open').length
  const says = async (text: string): Promise<void> => {
    await crowd.say(7, text)
    await expect
      .poll(async () => (await readRows(first.store)).inbox.filter(({ state }) => state === 'new').length)
      .toBe(0)
  }

  it('run in the pinned version, whatever has come since', async () => {
    await says('talk')
    expect([await lastRun(), await openRuns()]).toEqual(['1.0.0', 1])
    const definition = buildCrowdDefinition({ sinkUrl: sink.url, plugins: [{ use: 'talk', version: '^1' }] })
    await api.tenants.apply.mutate({ definition, files: {} })
    expect(await api.installations.get.query(name)).toMatchObject({ version: '1.0.0', state: 'active' })
    await says('cancel')
    expect(await openRuns()).toBe(0)
  })

  it('follow an upgrade without a restart, and go back only while nothing is in the way', async () => {
    const upgraded = await api.installations.upgrade.mutate({ ...name, version: '1.1.0' })
    expect(upgraded).toMatchObject({ done: true, from: '1.0.0', to: '1.1.0' })
    await expect
      .poll(
        async () => {
          await says('talk')
          const version = await lastRun()
          if (version !== '1.1.0') await says('cancel')
          return version
        },
        { timeout: secondsMs },
      )
      .toBe('1.1.0')
    const back = await api.installations.upgrade.mutate({ ...name, version: '1.0.0' })
    expect(back.problems).toMatchObject([
      { message: expect.stringContaining('1 conversations are in the middle of the newer version') },
    ])
    await says('cancel')
    expect(await api.installations.upgrade.mutate({ ...name, version: '1.0.0' })).toMatchObject({ done: true })
  })

  it('stop when a switch is thrown in another process, and go on when two people lift it', async () => {
    const { id } = await api.plugins.kill.mutate({ level: 'runs', plugin: 'talk', reason: 'a test' })
    await expect
      .poll(
        async () => {
          const before = (await readRows(first.store)).run.length
          await says('talk')
          const begun = (await readRows(first.store)).run.length - before
          if (begun > 0) await says('cancel')
          return begun
        },
        { timeout: secondsMs },
      )
      .toBe(0)
    const { approval } = await api.plugins.unkill.mutate({ id })
    if (!approval) throw new Error('lifting a switch takes two people')
    await expect(api.plugins.unkill.mutate({ id, approval })).rejects.toThrow('somebody else than its maker')
    const { key } = await api.keys.create.mutate({ name: 'second', role: 'bank' })
    const colleague = createAdminClient({ url: first.url, apiKey: key })
    await expect(colleague.plugins.unkill.mutate({ id, approval })).rejects.toThrow('a key that was there before')
  })

  it('are paused, resumed and refused by their state, each with the reason', async () => {
    expect(await api.installations.pause.mutate(name)).toMatchObject({ installation: { state: 'paused' } })
    expect((await api.installations.pause.mutate(name)).problems).toMatchObject([
      {
        path: '$.state',
        message: 'paused does not become paused: from there it goes to active, upgrading, draining',
      },
    ])
    expect(await other.installations.resume.mutate(name)).toMatchObject({ installation: { state: 'active' } })
    const wrong = await api.installations.configure.mutate({ ...name, config: { tenant: { greeting: 1 } } })
    expect(wrong.problems).toMatchObject([{ path: '$.config.greeting' }])
  })

  it('leave a receipt and nothing else', async () => {
    const done = await api.installations.uninstall.mutate(name)
    expect(done).toMatchObject({
      erased: true,
      receipt: { plugin: 'talk', erased: [{ what: 'secrets' }, { what: 'grants' }, { what: 'config' }] },
    })
    expect(done.receipt?.kept.map(({ what }) => what)).toContain('audit records')
    expect(done.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(await api.installations.get.query(name)).toMatchObject({ state: 'erased', config: {} })
    const before = runs
    await says('talk')
    expect(runs).toBe(before)
  })

  it('are taken in only as their publisher signed them', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    await api.plugins.registerPublisher.mutate({
      id: 'partner',
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      tier: 'guest',
    })
    const broken = await api.plugins.upload.mutate({ manifest: '{}', bundle: '', signature: '' })
    expect(broken.problems).toEqual([expect.stringContaining('the manifest cannot be read')])
    const { buildManifest, writeManifest } = await import('@inthread/sdk/manifest')
    const manifest = writeManifest({
      ...buildManifest(buildTalk({ version: '1.0.0', revision: 1 })),
      id: 'chatter',
      publisher: 'partner',
    })
    const bundle = 'globalThis.plugin = 1'
    const unsigned = await api.plugins.upload.mutate({ manifest, bundle, signature: '' })
    expect(unsigned.problems).toEqual([expect.stringContaining('the signature is not that of "partner"')])
    const signature = sign(null, Buffer.from(unsigned.digest), privateKey).toString('base64')
    const taken = await api.plugins.upload.mutate({ manifest, bundle, signature })
    expect(taken).toMatchObject({ problems: [], package: { id: 'chatter', version: '1.0.0', state: 'verified' } })
    const version = { plugin: 'chatter', version: '1.0.0' }
    await expect(api.plugins.list.mutate(version)).rejects.toThrow(
      'verified does not become listed: from there it goes',
    )
    await api.plugins.review.mutate(version)
    await api.plugins.list.mutate(version)
    expect(await other.plugins.catalogue.query({ plugin: 'chatter' })).toMatchObject([
      { state: 'listed', publisher: 'partner' },
    ])
    await api.plugins.revoke.mutate(version)
    await expect(api.plugins.list.mutate(version)).rejects.toThrow('nothing comes after it')
  })
})
