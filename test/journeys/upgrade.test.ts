import { afterAll, beforeAll, expect, it } from 'vitest'
import { join } from 'node:path'
import type { AdminApi } from '@inthread/client'
import { readSettings, startHouse, type House } from '@inthread/runtime'
import { Keyring, Sealer } from '@inthread/store'
import { openSink, type Sink } from '../bench/sink.ts'
import { listUnfaithfulRuns } from '../faults/kit/list-unfaithful-runs.ts'
import { readRows } from '../faults/kit/rows.store.ts'
import { applyCrowd, Crowd, crowdEnvironment, crowdTenant } from '../kit/crowd/crowd.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { buildTalk } from '../kit/crowd/build-talk.ts'

const before = buildTalk({ version: '1.0.0', revision: 1 })
const after = buildTalk({ version: '2.0.0', revision: 2, moves: true })
const versions = new Map([
  ['talk@1.0.0', before],
  ['talk@2.0.0', after],
])
const name = { tenant: crowdTenant, bot: 'bot', plugin: 'talk' }
const patienceMs = 120_000

describeOnDrawnDatabase('an upgrade with many open conversations', (open, kind) => {
  // A thousand on one of the two will do, unless everything is asked for.
  const half = kind === 'sqlite' || process.env['INTHREAD_TEST_ALL'] === '1' ? 500 : 125
  const phones = (from: number): readonly number[] => Array.from({ length: half }, (_none, index) => from + index)
  let sink: Sink
  let house: House
  let api: AdminApi
  let crowd: Crowd

  beforeAll(async () => {
    sink = await openSink()
    const database = await open()
    const [port = 0] = await findFreePorts(1)
    const environment = {
      INTHREAD_PORT: String(port),
      INTHREAD_HOME: join(database.folder, 'home'),
      ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
    }
    const options = { plugins: [before, after], environment: crowdEnvironment, writeLog: () => undefined }
    house = await startHouse(readSettings(environment, false), options)
    api = await applyCrowd(house, { sinkUrl: sink.url, plugins: [{ use: 'talk', version: '^1' }] })
    crowd = new Crowd(house.url)
  }, patienceMs)

  afterAll(async () => {
    await house.stop()
    await sink.close()
  })

  const countRuns = async (state: string): Promise<Readonly<Record<string, number>>> => {
    const { run } = await readRows(house.store)
    const groups = Map.groupBy(
      run.filter((each) => each.state === state),
      ({ version }) => version,
    )
    return Object.fromEntries([...groups].map(([version, runs]) => [version, runs.length]))
  }
  const waitFor = (state: string, counts: Readonly<Record<string, number>>): Promise<void> =>
    expect.poll(() => countRuns(state), { timeout: patienceMs, interval: 200 }).toEqual(counts)

  it('loses none, and moves none but those whose flow says how', { timeout: 3 * patienceMs }, async () => {
    await crowd.sayAll([...phones(0), ...phones(half)], 'talk')
    await waitFor('open', { '1.0.0': 2 * half })
    await crowd.sayAll(phones(half), 'Rome')
    await expect
      .poll(async () => (await readRows(house.store)).inbox.filter(({ state }) => state === 'new').length, {
        timeout: patienceMs,
      })
      .toBe(0)

    const verdict = await api.installations.verdict.query({ ...name, version: '2.0.0' })
    expect(verdict.openRuns).toEqual({ open: 2 * half, movable: half, fixed: half, same: 0, differs: 0 })
    const startedMs = performance.now()
    const upgraded = await api.installations.upgrade.mutate({ ...name, version: '2.0.0', consent: true })
    expect(upgraded).toMatchObject({ done: true, problems: [], from: '1.0.0', to: '2.0.0' })
    const committedMs = performance.now() - startedMs
    await waitFor('open', { '1.0.0': half, '2.0.0': half })
    const movedMs = performance.now() - startedMs
    process.stdout.write(
      `upgrade of ${2 * half} open runs (${house.store.flavour}): committed in ${Math.round(committedMs)} ms, ` +
        `${half} moved after ${Math.round(movedMs)} ms\n`,
    )

    const moved = await readRows(house.store)
    const sealer = new Sealer(new Keyring(house.home.keys))
    expect(listUnfaithfulRuns(moved, sealer, versions)).toEqual([])
    expect(moved.inbox.filter(({ state }) => state === 'failed')).toEqual([])
    expect(await api.installations.get.query(name)).toMatchObject({ version: '2.0.0', state: 'active' })

    await crowd.sayAll(phones(0), 'Paris')
    await crowd.sayAll([...phones(0), ...phones(half)], 'Monday')
    await waitFor('ended', { '1.0.0': half, '2.0.0': half })
    const ended = await readRows(house.store)
    expect(listUnfaithfulRuns(ended, sealer, versions)).toEqual([])
    expect([ended.inbox.filter(({ state }) => state === 'failed'), ended.desk_case]).toEqual([[], []])
  })
})
