import type { EgressRequest, FetchFailure } from '../plugin/egress.ts'
import type { Slots } from '../plugin/slots.ts'
import type { Act } from './act.ts'
import { assertStory, StoryFailure } from './story-failure.ts'
import type { Thread } from './thread.ts'
import type { BankCall, SeenMessage } from './thread-run.ts'

/** The person at the phone. While the bank asks, what is said and tapped is the bank's and not the plugin's. */
export interface User {
  /** `user.says('two tickets to Beijing')` */
  says(words: string): void
  /** `user.taps('Green tea')`: the youngest button with this label. */
  taps(label: string): void
}

/** The bank, or whoever provides what the plugin calls, and what it was asked. */
export interface Bank {
  /** What each call was asked with, oldest first. */
  readonly asked: readonly unknown[]
  /** `bank.accepts({ receipt: 'R-1' })`: the outcome `succeeded`, with a receipt unless another is given. */
  accepts(data?: object): void
  /** `bank.declines('insufficient_funds')` */
  declines(reason?: string): void
  cancels(): void
  expires(): void
  /** Nobody knows whether money moved: the outcome `unknown`. */
  timesOut(): void
  /** `bank.settles({ result: 'succeeded', receipt: 'R-1' })`: how an `unknown` ended, or any other event. */
  settles(data: object): void
  /** Any outcome of any capability: `bank.answers('sent', { destination: '138****', … })`. */
  answers(outcome: string, data?: object): void
}

/** What the plugin said since the user, the bank or time last did something. */
export interface Bot {
  readonly text: string
  readonly labels: readonly string[]
  readonly messages: readonly SeenMessage[]
  /** Names of the platform's own lines, like `menu`, `notRead`, `usedButton` or `cancelled`. */
  readonly platform: readonly string[]
  /** Throws unless a message says this and is an open question: `bot.asked('Which tea?')`. */
  asked(wanted: string | RegExp): void
  /** Throws unless a message says this: `bot.said(/on its way/)`. */
  said(wanted: string | RegExp): void
}

/** Time, which passes only when a story says so. */
export interface Clock {
  readonly now: number
  /** `clock.advance(minutes(10))`; whatever becomes due in between happens at its moment. */
  advance(ms: number): void
}

/** The hosts that the plugin fetches from, and the other plugins of the bot. */
export interface Host {
  readonly requests: readonly EgressRequest[]
  /** `host.answers({ price: '12.00' })`; what is not as declared reaches the plugin as `malformed`. */
  answers(data: unknown): void
  fails(reason?: FetchFailure): void
  /** Another plugin tells an event by the name that `listens` gives it: `host.tells('sold', { number: 'G308' })`. */
  tells(event: string, data: Slots): void
}

/** Other users of the same tenant. */
export interface Others {
  /** `others.reserve('seats', 'places', 'G308/second', '2026-03-06')` */
  reserve(from: string, counter: string, of: { readonly key: string; readonly part?: string }): void
  /** All that was held is lost; what is taken, or handed over to the bank, is not. */
  lapse(): void
}

export type Perform = (act: Act) => void

export function buildUser(perform: Perform): User {
  return {
    says: (words) => perform({ kind: 'says', words }),
    taps: (label) => perform({ kind: 'taps', label }),
  }
}

export function buildBank(thread: Thread, perform: Perform): Bank {
  const answers = (outcome: string, data: object = {}): void => perform({ kind: 'answers', outcome, data })
  return {
    get asked() {
      return thread.calls.map(({ input }: BankCall) => input)
    },
    accepts: (data = { receipt: `R-${thread.calls.length}` }) => answers('succeeded', data),
    declines: (reason = 'declined') => answers('declined', { reason }),
    cancels: () => answers('cancelled'),
    expires: () => answers('expired'),
    timesOut: () => answers('unknown'),
    settles: (data) => perform({ kind: 'settles', data }),
    answers,
  }
}

export function buildBot(thread: Thread): Bot {
  const said = (wanted: string | RegExp): void => {
    const found = thread.screen.some(({ text }) =>
      typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
    )
    const heard = thread.screen.map(({ text }) => `"${text}"`).join(', ')
    assertStory(found, () => `the bot did not say ${String(wanted)} but ${heard || 'nothing'}`)
  }
  return {
    get text() {
      return thread.screen.map(({ text }) => text).join('\n\n')
    },
    get labels() {
      return thread.screen.at(-1)?.labels ?? []
    },
    get messages() {
      return thread.screen
    },
    get platform() {
      return thread.platform
    },
    said,
    asked: (wanted) => {
      said(wanted)
      if (!thread.focus) throw new StoryFailure(`the bot said ${String(wanted)} but no question is open`)
    },
  }
}

export function buildClock(thread: Thread, perform: Perform): Clock {
  return {
    get now() {
      return thread.now
    },
    advance: (ms) => perform({ kind: 'advances', ms }),
  }
}

export function buildHost(thread: Thread, perform: Perform): Host {
  return {
    get requests() {
      const journals = thread.runs.flatMap(({ journal }) => journal.flatMap(({ commands }) => commands))
      return journals.flatMap((command) => (command.kind === 'fetch' ? [command.request] : []))
    },
    answers: (data) => perform({ kind: 'fetches', answer: { kind: 'answered', data } }),
    fails: (reason = 'unreachable') => perform({ kind: 'fetches', answer: { kind: 'failed', reason } }),
    tells: (event, data) => perform({ kind: 'tells', event, data }),
  }
}

export function buildOthers(perform: Perform): Others {
  return {
    reserve: (from, counter, { key, part = '' }) => perform({ kind: 'reserves', from, counter, key, part }),
    lapse: () => perform({ kind: 'lapses' }),
  }
}
