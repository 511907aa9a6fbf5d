import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScope, storeMigrations, type Actor, type Store, type Transaction } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { openGround, pause, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { portsOf } from '../../test/ports.ts'
import { sampleConversation } from '../../test/sample-conversation.ts'
import { openItem } from '../inbox/item.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { CaseRow, InboxRow, MessagingTables } from '../schema/tables.ts'
import { fireMissedCases } from '../turn/timer.store.ts'
import { listCaseMessages, listCases } from './case.view.store.ts'
import { listAnswers, removeAnswer, saveAnswer } from './answer.store.ts'
import { claimCase, giveBack, handOver, missedAfterMs, releaseCase, sayAsAgent } from './desk.store.ts'

const rail = openScope('rail')
const anna: Actor = { kind: 'key', id: 'anna' }
const ben: Actor = { kind: 'key', id: 'ben' }

describeOnEachDatabase('the desk', (open) => {
  let one: Ground
  let two: Ground
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })

  const write = <T>(work: (tx: Transaction) => Promise<T>, ground = one): Promise<T> => ground.store.write('desk', work)
  const openConversation = async (): Promise<string> => {
    const id = one.ids.next()
    await write((tx) => insertAll(tx, 'conversation', [sampleConversation(id)]))
    return id
  }
  const openCase = async (of?: string): Promise<{ caseId: string; conversationId: string }> => {
    const [caseId, conversationId] = [one.ids.next(), of ?? (await openConversation())]
    const row: CaseRow = {
      id: caseId,
      tenant_id: 'rail',
      conversation_id: conversationId,
      reason: 'user_asked',
      state: 'open',
      agent: null,
      claimed_at: null,
      closed_at: null,
      due_at: 1,
      created_at: one.clock.now(),
    }
    await write((tx) => insertAll(tx, 'desk_case', [row]))
    return { caseId, conversationId }
  }
  const itemsOf = async (conversationId: string): Promise<unknown[]> => {
    const rows = await one.store.read('items', (reader) =>
      sqlOf<MessagingTables>(reader)
        .selectFrom('inbox')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('id')
        .execute(),
    )
    return rows.map((row: InboxRow) => openItem(one.sealer, { tenantId: row.tenant_id, itemId: row.id }, row))
  }
  const auditOf = (caseId: string): Promise<{ action: string; actor_id: string; data: string }[]> =>
    one.store.read('audit', (reader) =>
      sqlOf<{ audit: { action: string; actor_id: string; object_id: string; id: string; data: string } }>(reader)
        .selectFrom('audit')
        .select(['action', 'actor_id', 'data'])
        .where('object_id', '=', caseId)
        .orderBy('id')
        .execute(),
    )

  it('gives a case to one person, however many claim it at once in two processes', async () => {
    const { caseId } = await openCase()
    const claims = [anna, ben, anna, ben].map((actor, index) => {
      const ground = index % 2 === 0 ? one : two
      return write((tx) => claimCase(tx, rail, { caseId, actor, ports: ground }), ground)
    })
    const answers = await Promise.all(claims)
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(2)
    const [row] = await one.store.read('case', (reader) => listCases(reader, rail, { states: ['claimed'], limit: 50 }))
    expect(row).toMatchObject({ id: caseId, due_at: null, agent: expect.stringMatching(/^(anna|ben)$/) })
  })

  it('takes words into one case of a conversation at a time, and refuses them elsewhere', async () => {
    const { caseId: first, conversationId } = await openCase()
    const { caseId: second } = await openCase(conversationId)
    const request = (caseId: string) => ({ caseId, actor: ben, ports: one })
    const claim = (caseId: string) => write((tx) => claimCase(tx, rail, request(caseId)))
    const say = (caseId: string) => write((tx) => sayAsAgent(tx, rail, { ...request(caseId), text: 'hello' }))
    // Claimed at the same moment, before the conversation has heard of either.
    expect([await claim(first), await claim(second)]).toEqual(['done', 'done'])
    await write((tx) =>
      sqlOf<MessagingTables>(tx)
        .updateTable('conversation')
        .set({ desk_case: first })
        .where('id', '=', conversationId)
        .execute(),
    )
    const elsewhere = { kind: 'busy', case: first }
    expect([await say(first), await say(second), await claim(second)]).toEqual(['done', elsewhere, elsewhere])
    expect(await write((tx) => giveBack(tx, rail, request(first)))).toBe('done')
    expect([await claim(second), await say(second)]).toEqual(['done', 'done'])
  })

  it('lets the one who claimed it speak and give it back, and nobody else', async () => {
    const { caseId, conversationId } = await openCase()
    const say = (actor: Actor, text: string) => write((tx) => sayAsAgent(tx, rail, { caseId, actor, text, ports: one }))
    expect(await say(anna, 'hello')).toBe('taken')
    await write((tx) => claimCase(tx, rail, { caseId, actor: anna, ports: one }))
    expect([await say(ben, 'hello'), await say(anna, '【Bank】 hello')]).toEqual(['taken', 'done'])
    expect(await write((tx) => giveBack(tx, rail, { caseId, actor: ben, ports: one }))).toBe('taken')
    expect(await write((tx) => giveBack(tx, rail, { caseId, actor: anna, ports: one }))).toBe('done')
    expect(await say(anna, 'too late')).toBe('closed')
    expect(await itemsOf(conversationId)).toEqual([
      { kind: 'desk', act: 'claimed', caseId, text: '' },
      { kind: 'desk', act: 'said', caseId, text: '[Bank] hello' },
      { kind: 'desk', act: 'back', caseId, text: '' },
    ])
    const audit = await auditOf(caseId)
    expect(audit.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['desk.claimed', 'anna'],
      ['desk.said', 'anna'],
      ['desk.back', 'anna'],
    ])
    expect(JSON.stringify(audit)).not.toContain('hello')
  })

  it('puts a case back into the queue, where the next one is told of to its user once more', async () => {
    const { caseId, conversationId } = await openCase()
    const claim = (actor: Actor) => write((tx) => claimCase(tx, rail, { caseId, actor, ports: one }))
    const release = (actor: Actor) => write((tx) => releaseCase(tx, rail, { caseId, actor, ports: one }))
    expect(await release(anna)).toBe('taken')
    expect(await claim(anna)).toBe('done')
    expect(await release(ben)).toBe('taken')
    expect(await release(anna)).toBe('done')
    const open = await one.store.read('case', (reader) => listCases(reader, rail, { states: ['open'], limit: 50 }))
    const due = one.clock.now() + missedAfterMs * 1000
    expect(open.find(({ id }) => id === caseId)).toMatchObject({ agent: null, claimed_at: null, due_at: due })
    one.clock.advance(1000)
    expect(await claim(ben)).toBe('done')
    expect(await itemsOf(conversationId)).toMatchObject([{ act: 'claimed' }, { act: 'claimed' }])
    expect((await auditOf(caseId)).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['desk.claimed', 'anna'],
      ['desk.released', 'anna'],
      ['desk.claimed', 'ben'],
    ])
  })

  it.each([
    ['put back', releaseCase],
    ['given back to the bot', giveBack],
  ])('leaves a case alone that went to a colleague while it was %s', async (_how, leave) => {
    const { caseId } = await openCase()
    await write((tx) => claimCase(tx, rail, { caseId, actor: anna, ports: one }))
    // In one window Anna lets go and Ben takes over, in another one Anna has not seen it yet.
    let pass = (): void => undefined
    const half = new Promise<void>((resolve) => (pass = resolve))
    const first = write(async (tx) => {
      await releaseCase(tx, rail, { caseId, actor: anna, ports: two })
      const answer = await claimCase(tx, rail, { caseId, actor: ben, ports: two })
      pass()
      await pause(100)
      return answer
    }, two)
    await half
    expect(await write((tx) => leave(tx, rail, { caseId, actor: anna, ports: one }))).toBe('taken')
    expect(await first).toBe('done')
    const claimed = await one.store.read('case', (reader) =>
      listCases(reader, rail, { states: ['claimed'], limit: 50 }),
    )
    expect(claimed.find(({ id }) => id === caseId)).toMatchObject({ agent: 'ben' })
  })

  it('misses nobody in a case that was claimed, or put back, between looking and saying so', async () => {
    const claimed = await openCase()
    const released = await openCase()
    const missed = await openCase()
    let due = 0
    const store = {
      ...boundStore(),
      write: async <T>(label: string, work: (tx: Transaction) => Promise<T>): Promise<T> => {
        await write((tx) => claimCase(tx, rail, { caseId: claimed.caseId, actor: anna, ports: one }))
        await write((tx) => claimCase(tx, rail, { caseId: released.caseId, actor: anna, ports: one }))
        await write((tx) => releaseCase(tx, rail, { caseId: released.caseId, actor: anna, ports: one }))
        due = one.clock.now() + missedAfterMs * 1000
        return one.store.write(label, work)
      },
    }
    expect(await fireMissedCases({ ...portsOf(one), store })).toContain(missed.conversationId)
    const acts = async ({ conversationId }: { conversationId: string }) =>
      (await itemsOf(conversationId)).map((item) => (item as { readonly act: string }).act)
    expect(await acts(missed)).toEqual(['unclaimed'])
    expect([await acts(claimed), await acts(released)]).toEqual([['claimed'], ['claimed']])
    const open = await one.store.read('case', (reader) => listCases(reader, rail, { states: ['open'], limit: 50 }))
    expect(open.find(({ id }) => id === released.caseId)?.due_at).toBe(due)
  })

  const boundStore = (): Store => ({
    flavour: one.store.flavour,
    read: (label, work) => one.store.read(label, work),
    write: (label, work, settle) => one.store.write(label, work, settle),
    close: () => one.store.close(),
  })

  it('keeps ready answers of each tenant, and overwrites nobody’s change', async () => {
    const draft = {
      id: undefined,
      version: 0,
      title: 'Hours',
      text: 'We are here from 9 to 5.',
      actor: anna,
      ports: one,
    }
    const saved = await write((tx) => saveAnswer(tx, rail, draft))
    const id = typeof saved === 'string' ? saved : saved.id
    const change = (more: object, scope = rail) => write((tx) => saveAnswer(tx, scope, { ...draft, id, ...more }))
    expect(await change({ version: 1, text: 'From 8.' })).toEqual({ id })
    expect(await change({ version: 1, text: 'From 7.', actor: ben })).toBe('changed')
    const [list, others] = await one.store.read('answers', (reader) =>
      Promise.all([listAnswers(reader, rail), listAnswers(reader, openScope('other'))]),
    )
    expect(list).toMatchObject([{ id, title: 'Hours', text: 'From 8.', version: 2 }])
    expect(others).toEqual([])
    expect(await change({ version: 2 }, openScope('other'))).toBe('unknown')
    const remove = (scope = rail) => write((tx) => removeAnswer(tx, scope, { id, actor: anna, ports: one }))
    expect([await remove(openScope('other')), await remove(), await remove()]).toEqual([false, true, false])
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'desk.answer_saved',
      'desk.answer_saved',
      'desk.answer_removed',
    ])
    expect(JSON.stringify(await auditOf(id))).not.toContain('here from 9')
  })

  it('knows nothing of another tenant’s cases', async () => {
    const { caseId } = await openCase()
    const other = openScope('other')
    expect(await write((tx) => claimCase(tx, other, { caseId, actor: anna, ports: one }))).toBe('unknown')
    const query = { caseId, limit: 10, sealer: one.sealer }
    expect(await one.store.read('read', (reader) => listCaseMessages(reader, other, query))).toBeUndefined()
    expect(await one.store.read('read', (reader) => listCaseMessages(reader, rail, query))).toEqual([])
  })

  it('takes a conversation over that has not asked, once', async () => {
    const conversationId = await openConversation()
    const answers = await Promise.all([
      write((tx) => handOver(tx, rail, { conversationId, actor: anna, ports: one })),
      write((tx) => handOver(tx, rail, { conversationId, actor: anna, ports: two }), two),
    ])
    const [answer = 'unknown', other] = answers.toSorted((left) => (left === 'taken' ? 1 : -1))
    expect(other).toBe('taken')
    const caseId = typeof answer === 'string' ? '' : answer.caseId
    expect(await itemsOf(conversationId)).toEqual([{ kind: 'desk', act: 'handed_over', caseId, text: '' }])
    await write((tx) =>
      sqlOf<MessagingTables>(tx)
        .updateTable('conversation')
        .set({ desk_case: caseId })
        .where('id', '=', conversationId)
        .execute(),
    )
    expect(await write((tx) => handOver(tx, rail, { conversationId, actor: ben, ports: one }))).toBe('taken')
    expect(await write((tx) => handOver(tx, rail, { conversationId: 'none', actor: ben, ports: one }))).toBe('unknown')
  })
})
