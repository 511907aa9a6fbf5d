import type { Plugin } from '../plugin/plugin.ts'
import type { Act, Disturbance } from './act.ts'
import {
  buildBank,
  buildBot,
  buildClock,
  buildHost,
  buildOthers,
  buildUser,
  type Bank,
  type Bot,
  type Clock,
  type Host,
  type Others,
  type User,
} from './actors.ts'
import { performAct } from './perform.ts'
import { Thread, type ThreadOptions } from './thread.ts'
import { findReplayProblems, listMoneyProblems, printPartnersView } from './inspect-thread.ts'
import type { HeldUnit } from './shelf.ts'
import { assertStory } from './story-failure.ts'

/** One user's thread with a plugin, and everybody who acts in it. */
export interface Stage {
  readonly user: User
  readonly bank: Bank
  readonly bot: Bot
  readonly clock: Clock
  readonly host: Host
  readonly others: Others
  /** The step at which the youngest open run stands; `end` when all are over. */
  step(): string
  /** The slots of the youngest run. */
  slots(): Readonly<Record<string, unknown>>
  holds(): readonly HeldUnit[]
  readonly money: { readonly balanced: () => void }
  /** Throws unless every journal gives the same commands when it is folded once more. */
  replaysExactly(): void
  /**
   * All that reached the plugin and its tenant, as text: slots, journals, documents, requests. What was told to the
   * bank is never in it: `assert(!partnerSaw().includes('123456'))`.
   */
  partnerSaw(): string
  /** Starts a flow with an input, without words: `thread.starts('order', {})`. */
  starts(flow: string, input?: unknown): void
  /** For a dialogue or a scene with collections: its documents at this moment. */
  documents(collection: string): readonly Readonly<Record<string, unknown>>[]
}

/** A stage with what happened on it, for the kit. */
export interface OpenStage extends Stage {
  readonly thread: Thread
  readonly acts: readonly Act[]
}

/**
 * Opens a thread with a plugin, without a platform: the same fold, collections and counters in memory, a clock that
 * stands still, and a bank that does as it is told.
 *
 *     const { user, bank, bot } = openThread(plugin, { locale: 'en' })
 *     user.says('order tea')
 *     user.taps('Green tea')
 *     bank.accepts()
 *     bot.said(/on its way/)
 */
export function openThread(plugin: Plugin, options: ThreadOptions = {}): Stage {
  return openStage(plugin, options)
}

export function openStage(plugin: Plugin, options: ThreadOptions, disturbance?: Disturbance): OpenStage {
  const thread = new Thread(plugin, options, disturbance)
  const acts: Act[] = []
  const perform = (act: Act): void => {
    acts.push(act)
    performAct(thread, act)
  }
  return {
    thread,
    acts,
    user: buildUser(perform),
    bank: buildBank(thread, perform),
    bot: buildBot(thread),
    clock: buildClock(thread, perform),
    host: buildHost(thread, perform),
    others: buildOthers(perform),
    step: () => thread.open.at(-1)?.state.step ?? 'end',
    slots: () => thread.runs.at(-1)?.state.slots ?? {},
    holds: () => thread.shelf.holdsAt(thread.now),
    money: { balanced: () => assertNoProblem(listMoneyProblems(thread)) },
    replaysExactly: () => assertNoProblem(findReplayProblems(thread)),
    partnerSaw: () => printPartnersView(thread),
    starts: (flow, input = {}) => perform({ kind: 'starts', flow, input }),
    documents: (collection) => thread.shelf.list(collection, thread.now),
  }
}

function assertNoProblem(problems: readonly string[]): void {
  assertStory(problems.length === 0, () => problems.join('; '))
}
