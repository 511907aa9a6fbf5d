import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { listProbes, putAt, sampleInputs, type Probe } from '../kit/isolation/inputs.ts'
import { digestAll, nobody, openNeighbours, other, own, type Neighbours } from '../kit/isolation/neighbours.ts'
import { nearMiss } from '../kit/isolation/near-miss.ts'
import { digestTenant, isAudit } from '../kit/isolation/tenant-rows.store.ts'
import { Caller, listProcedures, type Answer, type Procedure } from '../kit/isolation/procedures.ts'

const tenantRoles = ['owner', 'editor', 'agent', 'developer']
/** Each call folds open runs, or a whole thread: an eighth of the names will do. */
const dear: ReadonlySet<string> = new Set(['installations.verdict', 'installations.upgrade', 'threads.simulate'])
/** What was said once under a key answers for that key ever after: each call comes with its own. */
const keyed: ReadonlySet<string> = new Set(['announcements.send'])
const procedures = listProcedures()
/** A call may be about a tenant in one of these two ways. */
const naming: readonly string[] = ['tenant', 'definition.tenant.id']

describeOnDrawnDatabase('what is another tenant’s', (open) => {
  let neighbours: Neighbours
  let asOwner: Caller
  let callers: ReadonlyMap<string, Caller>
  let theirs: Caller
  let before: Awaited<ReturnType<typeof digestAll>>
  let loggedBefore = 0

  const digestTheirs = () => digestAll(neighbours.sandbox.house.store, other)
  const callAs = async (role: string): Promise<Caller> => {
    const name = role.replace(':', '-')
    const { key } = await neighbours.sandbox.api.keys.create.mutate({ name, role })
    return new Caller(neighbours.sandbox.house.url, key)
  }
  beforeAll(async () => {
    neighbours = await openNeighbours(await open())
    asOwner = await callAs(`owner:${own}`)
    theirs = await callAs(`owner:${other}`)
    const more = tenantRoles.slice(1).map(async (role) => [role, await callAs(`${role}:${own}`)] as const)
    callers = new Map([['owner', asOwner], ...(await Promise.all(more))])
    before = await digestTheirs()
    loggedBefore = neighbours.sandbox.log.length
  }, 120_000)
  afterAll(() => neighbours.stop())

  const probes = new Map<string, readonly Probe[]>()
  function probesOf(procedure: Procedure): readonly Probe[] {
    const made = probes.get(procedure.path) ?? listProbes(procedure, neighbours.known)
    probes.set(procedure.path, made)
    return made
  }

  it('is there: something in every table, of which nobody else has the name', async () => {
    const { store } = neighbours.sandbox.house
    for (const tenant of [own, other]) {
      const digests = Object.entries(await digestTenant(store, tenant)).filter(([table]) => !isAudit(table))
      expect(digests.filter(([, digest]) => digest.startsWith('0 '))).toEqual([])
    }
    expect(neighbours.names.length).toBeGreaterThan(50)
  })

  it.each(procedures.map((procedure) => [procedure.path, procedure] as const))(
    'is for %s as if it were nobody’s',
    async (_path, procedure) => {
      const names = neighbours.names.filter((_, at) => !dear.has(procedure.path) || at % 8 === 0)
      for (const { input, path } of probesOf(procedure)) {
        if (naming.includes(path.join('.'))) continue
        const underOwnKey = () => (keyed.has(procedure.path) ? putAt(input, ['key'], randomUUID()) : input)
        const ask = async (asked: readonly string[]) =>
          (
            await asOwner.callEach(
              procedure,
              asked.map((name) => putAt(underOwnKey(), path, name)),
            )
          ).map((answer, at) => blur(answer, asked[at] ?? ''))
        const answers = await ask(names.map(({ name }) => name))
        const unknown = await ask(names.map(({ name }) => nearMiss(name)))
        for (const [at, { what, name }] of names.entries()) {
          const { raw, text } = answers[at] ?? { raw: '', text: '' }
          const told = names.filter((each) => !name.includes(each.name) && raw.includes(each.name))
          expect([what, path, told, text]).toEqual([what, path, [], unknown[at]?.text])
        }
      }
    },
    120_000,
  )

  it('is refused to every role of a tenant in the words for a tenant that is not there', async () => {
    let refused = 0
    for (const procedure of procedures)
      for (const { input, path } of probesOf(procedure).filter((probe) => naming.includes(probe.path.join('.'))))
        for (const [role, caller] of callers) {
          const ask = async (name: string) => blur(await caller.call(procedure, putAt(input, path, name)), name)
          const [answer, unknown] = [await ask(other), await ask(nobody)]
          expect([procedure.path, role, answer.text]).toEqual([procedure.path, role, unknown.text])
          expect([procedure.path, role, answer.status]).toEqual([procedure.path, role, expect.toBeOneOf([403, 404])])
          if (answer.status === 404) refused += 1
        }
    expect(refused).toBeGreaterThan(60)
  }, 60_000)

  it('would have been found: their own key finds it under the same names', async () => {
    const found: string[] = []
    for (const procedure of procedures.filter(({ kind }) => kind !== 'mutation'))
      for (const { input, path } of probesOf(procedure))
        if (!naming.includes(path.join('.'))) {
          const names = [nobody, ...neighbours.names.map(({ name }) => name)]
          const about = putAt(input, ['tenant'], other)
          const inputs = names.map((name) => putAt(about, path, name))
          const answers = (await theirs.callEach(procedure, inputs)).map((each, at) => blur(each, names[at] ?? '').text)
          if (new Set(answers).size > 1) found.push(procedure.path)
        }
    expect(new Set(found).size, found.join()).toBeGreaterThan(6)
    expect(found).toContain('conversations.follow')
  }, 60_000)

  it('has not changed, and stands in no line of the log', async () => {
    expect(await digestTheirs()).toEqual(before)
    const lines = neighbours.sandbox.log.slice(loggedBefore)
    expect(lines.filter((line) => neighbours.names.some(({ name }) => line.includes(name)))).toEqual([])
  })

  it('is left with no procedure that breaks on what nobody expects', async () => {
    const { house, log } = neighbours.sandbox
    await neighbours.clear()
    const operator = new Caller(house.url, house.adminKey)
    // A check of a bank that is there takes half a minute, and has tests of its own.
    const known = { ...neighbours.known, tenant: [own, other, nobody], bank: ['none'] }
    const broken: string[] = []
    let calls = 0
    for (const procedure of procedures) {
      const made = procedure.input ? sampleInputs(procedure.path, procedure.input, { known, count: 8 }) : [undefined]
      const answers = await operator.callEach(procedure, [...made, ...made.slice(0, 4).flatMap(spoil), null, 'x', []])
      if (answers.some(({ status }) => status >= 500)) broken.push(procedure.path)
      calls += answers.length
    }
    const lines = log.filter((line) => line.includes('office.failed'))
    expect([broken, broken.length > 0 ? lines : []]).toEqual([[], []])
    expect(calls).toBeGreaterThan(1000)
  }, 120_000)
})

/** The same input with each of its members in turn of another kind. */
function spoil(input: unknown): readonly unknown[] {
  if (typeof input !== 'object' || input === null) return []
  const odd = [null, -1, '\u0000', { a: 1 }, '9'.repeat(400)]
  return Object.keys(input).map((key, at) => ({ ...input, [key]: odd[at % odd.length] }))
}

interface Blurred {
  readonly status: number
  readonly raw: string
  /** Without what differs from call to call by itself: the name that was asked for, new ids and instants. */
  readonly text: string
}

function blur({ status, text }: Answer, name: string): Blurred {
  const plain = text
    .replaceAll(JSON.stringify(name).slice(1, -1), '<name>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/[0-9a-f]{64}|#invitation=[\w-]{43}/g, '<link>')
    .replaceAll(/[0-9]{13,}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>')
  return { status, raw: text.replaceAll(/"reference":"[^"]*"/g, ''), text: `${status} ${plain}` }
}
