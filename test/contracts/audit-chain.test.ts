import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  appendAudit,
  guardAudit,
  linkAuditTail,
  listAudit,
  listChainHeads,
  openScope,
  readExtent,
  runMigrations,
  storeMigrations,
  verifyNext,
  verifyStart,
  type ChainFinding,
  type TenantScope,
  type VerifyPlace,
} from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../kit/ground.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const school = openScope('school')
const now = 1_772_703_300_000_000

async function append(ground: Ground, scope: TenantScope, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({
    ...{ scope, actor: { kind: 'person', id: 'mei' } as const, action: 'limit.raised' },
    ...{ object: { kind: 'limit', id: `l${index}` }, data: { text: `“${index}” ✓` } },
  }))
  await ground.store.write('append', (tx) => appendAudit(tx, records, { ids: ground.ids, now }))
}

async function linkAll(ground: Ground): Promise<void> {
  while ((await linkAuditTail(ground.store)) > 0);
}

async function verify(ground: Ground, scope: TenantScope): Promise<readonly ChainFinding[]> {
  const findings: ChainFinding[] = []
  for (let place: VerifyPlace | undefined = verifyStart; place;) {
    const step = await verifyNext(ground.store, scope, place)
    findings.push(...step.findings)
    place = step.next
  }
  return findings
}

const extentOf = (ground: Ground, scope: TenantScope) =>
  ground.store.read('extent', (reader) => readExtent(reader, scope))

describeOnEachDatabase('the chain of a tenant’s records', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: storeMigrations })
  })
  afterAll(() => ground.close())

  const run = (scope: TenantScope, statements: readonly ((tenant: string) => ReturnType<typeof sql>)[]) =>
    ground.store.write('tamper', async (tx) => {
      for (const statement of statements) await statement(scope.tenantId).execute(sqlOf(tx))
    })
  const chained = async (name: string, count = 12): Promise<TenantScope> => {
    const scope = openScope(name)
    await append(ground, scope, count)
    await linkAll(ground)
    return scope
  }
  const idAt = (tenant: string, seq: number) =>
    sql`(select audit_id from audit_link where tenant_id = ${tenant} and seq = ${seq})`

  it('is made of rows that the database lets nobody change or remove', async () => {
    const { store } = ground
    const scope = await chained('guarded', 2)
    const several = await Promise.all(Array.from({ length: 8 }, () => guardAudit(store)))
    expect(several).toEqual(several.map(() => true))
    expect(await guardAudit(store)).toBe(true)
    for (const statement of [
      sql`update audit set actor_id = 'tom' where tenant_id = 'guarded'`,
      sql`delete from audit where tenant_id = 'guarded'`,
      sql`update audit_link set hash = 'x' where tenant_id = 'guarded'`,
      sql`delete from audit_link where tenant_id = 'guarded'`,
    ])
      await expect(run(scope, [() => statement])).rejects.toMatchObject({ code: 'store.statement_refused' })
    await append(ground, scope, 1)
    await linkAll(ground)
    expect([await verify(ground, scope), await extentOf(ground, scope)]).toMatchObject([[], { head: { seq: 3 } }])
    for (const name of ['audit_no_update', 'audit_no_delete', 'audit_link_no_update', 'audit_link_no_delete'])
      await run(scope, [() => sql`drop trigger ${sql.ref(name)}`])
  })

  it('holds every record once, whatever else happens at the same time', async () => {
    const another = await ground.another('two')
    try {
      const tenants = ['a', 'b', 'c'].map((name) => openScope(name))
      await Promise.all([
        ...tenants.flatMap((scope) => [append(ground, scope, 300), append(another, scope, 300)]),
        ...[ground, another, ground].map(async (each) => {
          for (let turn = 0; turn < 5; turn += 1) await linkAuditTail(each.store)
        }),
      ])
      await linkAll(ground)
      for (const scope of tenants) {
        expect(await verify(ground, scope)).toEqual([])
        expect(await extentOf(ground, scope)).toMatchObject({ head: { seq: 600 }, tail: 0 })
      }
      const heads = (await listChainHeads(ground.store)).filter(({ tenantId }) => /^[abc]$/.test(tenantId))
      expect(heads.map(({ tenantId, seq }) => `${tenantId} ${seq}`)).toEqual(['a 600', 'b 600', 'c 600'])
    } finally {
      await another.close()
    }
  })

  it('is told apart from what waits for its link', async () => {
    const scope = await chained('waits', 3)
    await append(ground, scope, 2)
    expect(await verify(ground, scope)).toEqual([])
    expect(await extentOf(ground, scope)).toMatchObject({ head: { seq: 3 }, tail: 2 })
    const list = await ground.store.read('list', (reader) => listAudit(reader, scope, { limit: 10 }))
    expect(list.map(({ seq }) => seq)).toEqual([null, null, 3, 2, 1])
  })

  it('goes over many pages', async () => {
    const scope = await chained('long', 4500)
    expect(await verify(ground, scope)).toEqual([])
    await run(scope, [
      (tenant) => sql`update audit set actor_id = 'tom' where tenant_id = ${tenant} and id = ${idAt(tenant, 4001)}`,
      (tenant) => sql`update audit set actor_id = 'tom' where tenant_id = ${tenant} and id = ${idAt(tenant, 2000)}`,
    ])
    expect(await verify(ground, scope)).toMatchObject([
      { kind: 'changed', seq: 2000 },
      { kind: 'changed', seq: 4001 },
    ])
  })

  const shift = (tenant: string, from: number, by: number) => [
    () => sql`update audit_link set seq = seq + ${by + 1000} where tenant_id = ${tenant} and seq >= ${from}`,
    () => sql`update audit_link set seq = seq - 1000 where tenant_id = ${tenant} and seq >= ${1000 + from + by}`,
  ]
  const drop = (table: 'audit' | 'audit_link', tenant: string, seq: number) =>
    table === 'audit'
      ? sql`delete from audit where tenant_id = ${tenant} and id = ${idAt(tenant, seq)}`
      : sql`delete from audit_link where tenant_id = ${tenant} and seq = ${seq}`
  const forge = (tenant: string, seq: number, id: string) => [
    () => sql`insert into audit (tenant_id, id, at, actor_kind, actor_id, action, object_kind, object_id, data)
      values (${tenant}, ${id}, ${now}, 'person', 'mei', 'limit.raised', 'limit', 'l9', '{}')`,
    () => sql`insert into audit_link (tenant_id, seq, audit_id, digest, prev, hash)
      select tenant_id, seq + 1, ${id}, digest, hash, hash from audit_link
      where tenant_id = ${tenant} and seq = ${seq - 1}`,
  ]
  const swap = (tenant: string, left: number, right: number) => [
    () => sql`update audit_link set seq = 9999 where tenant_id = ${tenant} and seq = ${left}`,
    () => sql`update audit_link set seq = ${left} where tenant_id = ${tenant} and seq = ${right}`,
    () => sql`update audit_link set seq = ${right} where tenant_id = ${tenant} and seq = 9999`,
  ]
  type Tampering = (tenant: string) => readonly (() => ReturnType<typeof sql>)[]

  const change =
    (column: string, value: string | number): Tampering =>
    (tenant) => [
      () => sql`update audit set ${sql.ref(column)} = ${value} where tenant_id = ${tenant} and id = ${idAt(tenant, 5)}`,
    ]
  const id = '019c0000-0000-7000-8000-000000000000'

  describe('shows where', () => {
    it.each<[string, Tampering, readonly Partial<ChainFinding>[]]>([
      ['an actor was changed', change('actor_id', 'tom'), [{ kind: 'changed', seq: 5 }]],
      ['a moment was changed', change('at', now - 1), [{ kind: 'changed', seq: 5 }]],
      ['data were changed', change('data', '{}'), [{ kind: 'changed', seq: 5 }]],
      [
        'a link was changed',
        (t) => [() => sql`update audit_link set digest = 'x' where tenant_id = ${t} and seq = 5`],
        [{ kind: 'changed', seq: 5 }],
      ],
      ['a record was deleted', (t) => [() => drop('audit', t, 5)], [{ kind: 'deleted', seq: 5 }]],
      [
        'records were deleted with their links',
        (t) => [5, 6].flatMap((seq) => [() => drop('audit', t, seq), () => drop('audit_link', t, seq)]),
        [{ kind: 'deleted', seq: 5, until: 6 }],
      ],
      [
        'a record was deleted and the places were closed up',
        (t) => [() => drop('audit', t, 5), () => drop('audit_link', t, 5), ...shift(t, 6, -1)],
        [{ kind: 'deleted', seq: 5, until: 5 }],
      ],
      [
        'the first one was deleted and the places were closed up',
        (t) => [() => drop('audit', t, 1), () => drop('audit_link', t, 1), ...shift(t, 2, -1)],
        [{ kind: 'deleted', seq: 1, until: 1 }],
      ],
      [
        'the last but one was deleted and the places were closed up',
        (t) => [() => drop('audit', t, 11), () => drop('audit_link', t, 11), ...shift(t, 12, -1)],
        [{ kind: 'deleted', seq: 11, until: 11 }],
      ],
      [
        'a record was inserted past the platform',
        (t) => forge(t, 5, id).slice(0, 1),
        [{ kind: 'inserted', seq: 1, record: id }],
      ],
      [
        'a record was inserted with a link',
        (t) => [...shift(t, 5, 1), ...forge(t, 5, id)],
        [{ kind: 'inserted', seq: 5, until: 5 }],
      ],
      [
        'neighbours were exchanged',
        (t) => swap(t, 5, 6),
        [
          { kind: 'reordered', seq: 5, from: 6 },
          { kind: 'reordered', seq: 6, from: 5 },
        ],
      ],
      [
        'two far apart were exchanged',
        (t) => swap(t, 3, 10),
        [
          { kind: 'reordered', seq: 3, from: 10 },
          { kind: 'reordered', seq: 10, from: 3 },
        ],
      ],
      [
        'one was moved to behind others',
        (t) => [
          () => sql`update audit_link set seq = 9999 where tenant_id = ${t} and seq = 5`,
          ...[6, 7, 8].map(
            (seq) => () => sql`update audit_link set seq = ${seq - 1} where tenant_id = ${t} and seq = ${seq}`,
          ),
          () => sql`update audit_link set seq = 8 where tenant_id = ${t} and seq = 9999`,
        ],
        [{ kind: 'reordered', seq: 8, from: 5 }],
      ],
      [
        'the texts of two records were exchanged',
        (t) =>
          [
            [5, 'l7', `{"text":"“7” ✓"}`, 8],
            [8, 'l4', `{"text":"“4” ✓"}`, 5],
          ].map(
            ([seq, object, data]) =>
              () => sql`update audit set object_id = ${object}, data = ${data}
                where tenant_id = ${t} and id = ${idAt(t, Number(seq))}`,
          ),
        [
          { kind: 'reordered', seq: 5, from: 8 },
          { kind: 'reordered', seq: 8, from: 5 },
        ],
      ],
    ])('%s', async (name, tampering, expected) => {
      const scope = await chained(name)
      expect(await verify(ground, scope)).toEqual([])
      await run(scope, tampering(scope.tenantId))
      const findings = await verify(ground, scope)
      expect(findings).toMatchObject(expected)
      expect(await verify(ground, school)).toEqual([])
    })
  })

  it('begins with what was written before there was one', async () => {
    const { store } = ground
    const scope = openScope('earlier')
    await append(ground, scope, 3)
    await store.write('tamper', async (tx) => {
      await sql`delete from audit_tail`.execute(sqlOf(tx))
      await sql`delete from migration where id = 'store.004'`.execute(sqlOf(tx))
    })
    expect(await verify(ground, scope)).toHaveLength(3)
    const before = await extentOf(ground, scope)
    await runMigrations(store, storeMigrations)
    expect([before.tail, (await extentOf(ground, scope)).tail]).toEqual([0, 3])
  })
})
