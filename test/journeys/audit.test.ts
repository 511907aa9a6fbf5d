import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { sql, sqlOf } from '@inthread/store/sql'
import { runInthread } from '../kit/outside/command.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'

describeOnEachDatabase('the audit records of a tenant', (open) => {
  let sandbox: Sandbox
  let anchors: string
  beforeAll(async () => {
    const database = await open()
    anchors = join(database.folder, 'elsewhere.jsonl')
    sandbox = await openSandbox({ database, environment: { INTHREAD_AUDIT_ANCHORS: anchors } })
  })
  afterAll(() => sandbox.stop())

  const command = (...given: readonly string[]) => {
    const { home, url, adminKey } = sandbox.house
    return runInthread(['audit', ...given, '--home', home.folder, '--url', url, '--key', adminKey])
  }
  const verify = () => sandbox.api.audit.verify.query({ tenant })
  const verifyWhole = async () => {
    const first = await verify()
    expect(first).toMatchObject({ findings: [], summary: null })
    return sandbox.api.audit.verify.query({ tenant, cursor: first.next ?? '' })
  }
  const linked = async (seq: number): Promise<void> =>
    vi.waitFor(async () => expect((await verifyWhole()).summary).toMatchObject({ head: { seq }, tail: 0 }), 5000)

  it('are a list with pages and filters', async () => {
    const first = await sandbox.api.audit.list.query({ tenant, limit: 1 })
    expect(first.items).toMatchObject([{ action: 'grant.changed', actor: { kind: 'key' }, object: { kind: 'grant' } }])
    const second = await sandbox.api.audit.list.query({ tenant, limit: 1, cursor: first.next ?? '' })
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id)
    expect(await sandbox.api.audit.list.query({ tenant, action: 'grant.dreamt' })).toEqual({ items: [], next: null })
    const foreign = sandbox.api.audit.list.query({ tenant: 'other', limit: 1, cursor: first.next ?? '' })
    await expect(foreign).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(sandbox.api.audit.verify.query({ tenant, cursor: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('are chained within a moment, and the heads are signed when the platform stops', async () => {
    const { items } = await sandbox.api.audit.list.query({ tenant })
    await linked(items.length)
    await sandbox.restart()
    expect((await verifyWhole()).summary?.anchors).toEqual({ checked: 1, forged: 0, foreign: 0, unreadable: 0 })
    expect(statSync(anchors).mode & 0o777).toBe(0o600)
    const ended = await command('verify')
    expect(ended).toMatchObject({ code: 0, errors: '' })
    expect(ended.output).toContain(`whole    ${tenant}  ${items.length} records, 1 anchors`)
    const list = await command('list', '--tenant', tenant, '--limit', '1')
    expect(list.output).toMatch(/grant\.changed {2}grant .+\nThere are more: .+--cursor/)
  })

  it('of which nobody can take the newest away without being seen', async () => {
    const before = await verifyWhole()
    const seq = before.summary?.head?.seq ?? 0
    await sandbox.house.store.write('tamper', async (tx) => {
      const db = sqlOf(tx)
      for (const table of ['audit', 'audit_link']) await sql`drop trigger ${sql.ref(`${table}_no_delete`)}`.execute(db)
      const last = sql`(select audit_id from audit_link where tenant_id = ${tenant} and seq = ${seq})`
      await sql`delete from audit where tenant_id = ${tenant} and id = ${last}`.execute(db)
      await sql`delete from audit_link where tenant_id = ${tenant} and seq = ${seq}`.execute(db)
    })
    expect((await verifyWhole()).findings).toMatchObject([{ kind: 'truncated', seq, until: seq }])
    const ended = await command('verify', '--tenant', tenant)
    expect([ended.code, ended.output]).toEqual([1, expect.stringMatching(`BROKEN .+\n  truncated  at ${seq}\n`)])
    const told = await command('verify', '--tenant', tenant, '--json')
    const finding = { kind: 'truncated', seq, until: seq }
    expect(JSON.parse(told.output)).toMatchObject({ ok: false, tenants: [{ tenant, findings: [finding] }] })
    const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const
    await sandbox.api.grants.block.mutate({ tenant, grant })
    await vi.waitFor(async () => expect((await verifyWhole()).findings).toMatchObject([{ kind: 'rewritten' }]), 5000)
  })

  it('have anchors that nobody else can write', async () => {
    const text = readFileSync(anchors, 'utf8')
    writeFileSync(anchors, text.replaceAll(/"seq":\d+/g, '"seq":1'))
    expect((await verifyWhole()).summary?.anchors).toMatchObject({ checked: 0, forged: 1 })
    expect(await command('verify', '--tenant', tenant)).toMatchObject({ code: 1 })
    writeFileSync(anchors, text)
    appendFileSync(anchors, '\n{"anchor":1,')
    expect((await verifyWhole()).summary?.anchors).toMatchObject({ checked: 1, forged: 0, unreadable: 1 })
  })

  it('are asked for in words that the command knows', async () => {
    for (const [given, said] of [
      [['dance'], 'use list or verify'],
      [['list'], 'Say whose records'],
      [['list', '--tenant', tenant, '--from', 'then'], '--from takes a day'],
    ] as const)
      expect(await command(...given)).toMatchObject({ code: 2, errors: expect.stringContaining(said) })
  })
})
