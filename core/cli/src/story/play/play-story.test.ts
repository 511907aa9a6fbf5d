import { describe, expect, it } from 'vitest'
import type { Story, Turn } from '../format/story-schema.ts'
import type { Message } from '../world/sight.ts'
import type { BankBooks, StoryWorld } from '../world/story-world.ts'
import { playStory } from './play-story.ts'

/** A bot in memory that answers words and labels by a table, and notes all that is done to it. */
function openToy(answers: Readonly<Record<string, readonly Partial<Message>[]>>) {
  const done: string[] = []
  const thread: Message[] = []
  const books = { payments: [], transfers: [] as BankBooks['transfers'][number][], totals: { CNY: '0' } }
  const accounts = [{ id: 'acc_1', kind: 'customer', mask: '****1234', balanceMinor: '5000', heldMinor: '0' }]
  const put = (message: Partial<Message>): void => {
    const id = `m${thread.length}`
    thread.push({ id, direction: 'in', suggestions: [], speaker: { party: 'merchant' }, ...message })
  }
  const hear = (what: string): void => {
    done.push(what)
    put({ direction: 'out', text: what })
    for (const answer of answers[what] ?? []) put(answer)
  }
  const world: StoryWorld = {
    say: async (_who, text) => hear(text),
    tap: async (_who, { messageId, index }) =>
      hear(`[${thread.find(({ id }) => id === messageId)?.suggestions[index]?.label}]`),
    listMessages: async () => [...thread],
    listMenu: async () => ['Help'],
    listCodes: async () => [
      { code: '999999', state: 'used' },
      { code: '123456', state: 'pending' },
    ],
    advance: async (by) => {
      done.push(`advance ${by}`)
      return new Date(0)
    },
    setFault: async ({ at }) => void done.push(`fault at ${at}`),
    clearFaults: async (at) => void done.push(at ? `${at} behaves` : 'clear faults'),
    setAccountState: async (id, state) => void done.push(`${id} ${state}`),
    forceStatus: async (id, { status }) => void done.push(`${id} ${status}`),
    readBank: async () => ({ ...books, transfers: [...books.transfers], accounts }),
    findTenant: async (id) =>
      id === 'rail' ? { id, locale: 'en', timeZone: 'Asia/Shanghai', chatbots: ['sip:1@x'] } : undefined,
    applyDefinition: async () => 'rail',
    findOrder: async () => undefined,
    readBook: async () => ({ posted: {}, pending: {}, undecided: 0, breaks: 0 }),
  }
  return { world, done, put, books }
}

const button = (index: number, label: string) => ({ index, label })

function play(toy: ReturnType<typeof openToy>, turns: readonly Turn[], more: { twice?: boolean; given?: object } = {}) {
  let nowMs = 0
  const story: Story = {
    id: 'toy',
    title: 'Toy',
    given: { clock: 'now', locale: 'en', tenants: ['rail'], phone: '+8613800000001', ...more.given },
    turns: [...turns],
    final: { debits: 0, undecided: 0, breaks: 0 },
  }
  const options = {
    twice: more.twice ?? false,
    patienceMs: 1000,
    pause: async (durationMs: number) => void (nowMs += durationMs),
    elapsedMs: () => nowMs,
  }
  return playStory(story, { world: toy.world, options, folder: '/' })
}

describe('playStory', () => {
  it('passes when everything is as written, and types the code that the bank still waits for', async () => {
    const toy = openToy({ hi: [{ text: 'hello', suggestions: [button(0, 'Pay')] }], '[Pay]': [{ text: 'paid' }] })
    const turns = [
      { user: 'hi', expectBot: ['hello'] },
      { tap: 'Pay', expectBot: ['paid'] },
      { user: '{{code}}/{{wrongCode}}' },
    ]
    const report = await play(toy, turns)
    expect(report).toMatchObject({ passed: true, final: [] })
    expect(report.turns.map(({ act }) => act)).toEqual(['says   hi', 'taps   [Pay]', 'says   {{code}}/{{wrongCode}}'])
    expect(toy.done).toEqual(['clear faults', 'hi', '[Pay]', '123456/223456'])
  })

  it('ends at the first turn that is not as written', async () => {
    const toy = openToy({ hi: [{ text: 'who are you?' }] })
    const report = await play(toy, [{ user: 'hi', expectBot: ['hello'] }, { user: 'never said' }])
    expect(report).toMatchObject({
      passed: false,
      turns: [{ n: 1, problems: [expect.stringContaining('who are you?')] }],
    })
    expect(toy.done).not.toContain('never said')
  })

  it('gives up when patience is at an end, and says what never came', async () => {
    const report = await play(openToy({}), [{ user: 'hi', expectBot: ['hello', 'and more'] }])
    expect(report.turns[0]?.problems).toEqual(['never heard “hello”', 'never heard “and more”'])
    expect(report.tookMs).toBeGreaterThanOrEqual(1000)
  })

  it('fails over what nobody expected, even after the last turn', async () => {
    const report = await play(openToy({ hi: [{ text: 'hello' }, { text: 'buy this' }] }), [
      { user: 'hi', expectBot: ['hello'] },
    ])
    expect(report).toMatchObject({ passed: false, final: ['nobody expected: buy this'] })
  })

  it('taps the newest button of a name, or that of the message it is told', async () => {
    const hello = [
      { id: 'old', text: 'old', suggestions: [button(0, 'No'), button(1, 'Yes')] },
      { id: 'new', text: 'new', suggestions: [button(0, 'Yes')] },
    ]
    const toy = openToy({ hi: hello })
    const tapped: string[] = []
    toy.world.tap = async (_who, { messageId, index }) => void tapped.push(`${messageId} ${index}`)
    const hi = { user: 'hi', expectBot: ['old', 'new'] }
    await play(toy, [hi, { tap: 'Yes' }, { tap: { label: 'Yes', of: 'old' } }, { tap: { menu: 'Help' } }], {
      twice: true,
    })
    expect(tapped).toEqual(['new 0', 'new 0', 'old 1', 'old 1', 'menu 0', 'menu 0'])
    const { turns } = await play(openToy({ hi: hello }), [hi, { tap: 'Maybe' }])
    expect(turns[1]?.problems).toEqual(['there is no button “Maybe”; the last message has Yes'])
  })

  it('says what the bank has that was not expected, counted from the beginning', async () => {
    const toy = openToy({})
    toy.books.transfers.push({ id: 't0', kind: 'single', cr: 'acc_1' })
    toy.world.advance = async () => {
      toy.books.transfers.push({ id: 't1', kind: 'pending', cr: 'acc_1' }, { id: 't2', kind: 'post', cr: 'acc_1' })
      return new Date(0)
    }
    const seen = await play(toy, [{ clock: 'PT1H', expectBank: [{ transfers: ['pending', 'post'] }] }])
    expect(seen).toMatchObject({ passed: false, final: ['debits at the bank: expected 0, but there is 1'] })
    const other = await play(toy, [{ user: 'x', expectBank: [{ payments: 1 }] }])
    expect(other.turns[0]?.problems).toEqual(['payments at the bank: expected 1, but there is 0'])
  })

  it('takes its faults back, whatever happens', async () => {
    const toy = openToy({})
    const fault = { at: 'bank', match: { path: '/v1/payments' }, do: 'decline' } as const
    await play(toy, [{ fault }, { fault: { at: 'bank', do: 'behave' } }, { user: 'hi', expectBot: ['hello'] }])
    expect(toy.done).toEqual(['clear faults', 'fault at bank', 'bank behaves', 'hi', 'clear faults'])
  })

  it('first ends what somebody has left open in the thread', async () => {
    const toy = openToy({ hi: [{ text: 'hello' }] })
    toy.put({ text: 'Did I get that right?' })
    const said = [{ text: 'What now?' }, { text: 'Cancelled.', speaker: { party: 'platform' as const } }]
    toy.world.say = async (_who, text) => {
      toy.done.push(text)
      toy.put(text === 'cancel' ? (said.shift() ?? {}) : { text: 'hello' })
    }
    expect(await play(toy, [{ user: 'hi', expectBot: ['hello'] }])).toMatchObject({ passed: true })
    expect(toy.done).toEqual(['clear faults', 'cancel', 'cancel', 'hi'])
  })

  it.each([
    [{ locale: 'zh-CN' }, 'The tenant rail speaks en, and the story zh-CN.'],
    [{ tenants: ['bus'] }, 'There is no tenant bus: bring it in with "inthread apply".'],
    [
      { clock: '1969-01-01T00:00:00Z' },
      'The sandbox is already past 1969-01-01T00:00:00Z, and its clock never goes back.',
    ],
    [{ bank: { accounts: [{ mask: '****9999' }] } }, 'The bank has no account ****9999.'],
    [
      { bank: { accounts: [{ mask: '****1234', atMostMinor: '4999' }] } },
      '****1234 has 5000 free and the story takes at most 4999: start the sandbox with a fresh data folder.',
    ],
  ])('is not played when not %j', async (given, said) => {
    const toy = openToy({})
    await expect(play(toy, [{ user: 'hi' }], { given })).rejects.toMatchObject({ kind: 'environment', message: said })
    expect(toy.done).not.toContain('hi')
  })
})
