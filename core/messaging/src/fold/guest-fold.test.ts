import { describe, expect, it } from 'vitest'
import { applyEvent, buildContext, getStep, startRun, type Plugin, type Program } from '@inthread/sdk/engine'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import type { Guest, GuestSetup } from '../tenancy/guest.ts'
import type { TurnDraft } from './draft.ts'
import type { GuestNeed, Need, NeedAnswers } from './need.ts'

type Answer = NeedAnswers[Need['kind']]

const neverAsked = (): never => {
  throw new Error('the pipeline asks guests, not the fold')
}
const guest: Guest = { advance: neverAsked, read: neverAsked, understand: neverAsked, react: neverAsked }

function programOf({ flow: id, ...setup }: GuestSetup): Program {
  const flow = [shop, till].map((plugin: Plugin) => plugin.flows[id]).find((found) => found !== undefined)
  if (!flow) throw new Error(`no plugin has a flow ${id}`)
  return { flow, ...setup }
}

/** What a guest would compute, computed here: the sdk's own fold. */
function compute(need: GuestNeed): Answer {
  if (need.kind === 'sentence') {
    const { words, ...context } = need.call
    for (const [intent, { understand }] of Object.entries(shop.intents)) {
      const input = understand?.(words, context)
      if (input !== undefined) return { intent, input }
    }
    return undefined
  }
  if (need.kind === 'reaction') return { value: need.call.data }
  const program = programOf(need.call.setup)
  if (need.kind === 'words') {
    const { state, words, now } = need.call
    const step = getStep(program, state.step)
    return { value: step.kind === 'ask' ? step.read?.(words, buildContext(program, state, now)) : undefined }
  }
  const { state, event } = need.call
  if (event.kind === 'started') return startRun(program, event)
  return state ? applyEvent(program, state, event) : undefined
}

function answerDesk(need: Need): Answer {
  if (need.kind === 'present') {
    const text = { title: 'Confirm', description: 'all of it', confirm: 'Confirm payment', cancel: 'Cancel' }
    return { kind: 'presented', text, expiresAt: need.now + 900_000_000 }
  }
  if (need.kind === 'open') return { kind: 'opened' }
  if (need.kind === 'consent') return 'consented'
  if (need.kind === 'commit') return { kind: 'accepted' }
  if (need.kind === 'close') return { name: 'cancelled', data: {} }
  return undefined
}

const early: ReadonlySet<Need['kind']> = new Set(['documents', 'standing', 'advance', 'words', 'sentence', 'reaction'])

/** One thread, driven to its end: what a turn leaves for the next one is folded at once, as the pump does it. */
class Drive {
  readonly heard: string[] = []
  readonly journal: string[] = []
  readonly asked: string[] = []
  readonly thread: Thread
  #open = false

  constructor(asGuests: boolean) {
    this.thread = new Thread({
      plugins: [shop],
      till,
      answer: (need) => this.#answer(need),
      ...(asGuests ? { guest } : {}),
    })
  }

  turn(take: (thread: Thread) => TurnDraft): this {
    this.#open = false
    let draft = take(this.thread)
    this.#note(draft)
    while (draft.deferred.length > 0) {
      this.#open = false
      draft = this.thread.take({ kind: 'entry', entries: draft.deferred })
      this.#note(draft)
    }
    return this
  }

  #note(draft: TurnDraft): void {
    this.heard.push(...this.thread.heard)
    this.journal.push(...draft.journal.map(({ run, event }) => `${run.program.flow.id}: ${event.kind}`))
  }

  /** As in the pipeline: from the first change on a transaction is open, and no guest is asked. */
  #answer(need: Need): Answer {
    this.asked.push(this.#open ? `${need.kind} inside` : need.kind)
    if (!early.has(need.kind)) this.#open = true
    if (need.kind !== 'advance' && need.kind !== 'words' && need.kind !== 'sentence') return answerDesk(need)
    return this.#open ? 'later' : compute(need)
  }
}

const sent = { name: 'sent', data: { destination: '138****0001', triesLeft: 3, expiresAt: 1 } }

function buy(asGuests: boolean): Drive {
  return new Drive(asGuests)
    .turn((thread) => thread.say('order to Beijing'))
    .turn((thread) => thread.tap('Buy'))
    .turn((thread) => thread.tap('Confirm payment'))
    .turn((thread) =>
      thread.tell({ kind: 'effect', visit: thread.runs.at(-1)?.state.visit ?? 0, outcome: sent }, dialogueOf(thread)),
    )
    .turn((thread) => thread.say('cancel'))
}

const dialogueOf = (thread: Thread): string | undefined => thread.runs.find(({ row }) => row.parent_id)?.row.id

describe('a conversation with guests', () => {
  it('says and journals exactly what it does in process', () => {
    const [inProcess, guests] = [buy(false), buy(true)]
    expect(guests.heard).toEqual(inProcess.heard)
    expect(guests.journal.toSorted()).toEqual(inProcess.journal.toSorted())
    expect(inProcess.heard).toHaveLength(4)
  })

  it('leaves to the next turn what arises while a transaction is open, and asks again then', () => {
    const drive = buy(true)
    expect(drive.asked).toContain('advance inside')
    expect(drive.thread.runs).toEqual([])
  })

  it('is never held by a guest: a cancelled run asks no function of it', () => {
    const drive = new Drive(true).turn((thread) => thread.say('order'))
    const before = drive.asked.length
    drive.turn((thread) => thread.say('cancel'))
    expect(drive.asked.slice(before)).toEqual([])
    expect(drive.thread.runs).toEqual([])
  })

  it('reads typed words where the plugin is', () => {
    const drive = new Drive(true).turn((thread) => thread.say('order'))
    drive.turn((thread) => thread.say('to Rome'))
    expect(drive.asked).toContain('words')
    expect(drive.heard.at(-1)).toContain('Rome')
  })
})
