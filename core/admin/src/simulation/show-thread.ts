import type {
  AskedOutside,
  OutsideQuestion,
  SimulatedMessage,
  SimulatedThread,
  SimulatedTurn,
} from '@inthread/messaging'
import type { Bot } from '@inthread/messaging/ports'
import { pickWording } from '@inthread/messaging'
import { encodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { WireThread } from './thread-schema.ts'

type WireTurn = WireThread['turns'][number]
type WireMessage = WireTurn['messages'][number]

export interface Shown {
  readonly bot: Bot
  readonly locale: string
  readonly startsAt: Instant
}

export function showThread(thread: SimulatedThread, { bot, locale, startsAt }: Shown): WireThread {
  const { turns, now, open, asked, undecided, cut } = thread
  return {
    turns: turns.map(showTurn),
    startsAt,
    now,
    open: open.map(({ dueAt, slots, ...place }) => ({ ...place, dueAt: dueAt ?? null, slots: json(slots) })),
    asked: asked ? showQuestion(asked) : null,
    undecided,
    cut: cut ?? null,
    menu: bot.menu.map((entry) => ({
      label: pickWording(entry.label, locale),
      entries: entry.kind === 'menu' ? entry.entries.map(({ label }) => pickWording(label, locale)) : [],
    })),
  }
}

const valueLength = 8000

/** Cut where it is too long to be read anyway. */
function json(value: unknown): string | null {
  return value === undefined ? null : encodeJson(value).slice(0, valueLength)
}

function showTurn({ why, problem, said, messages, asked, steps, wrote, cases, ...turn }: SimulatedTurn): WireTurn {
  return {
    ...turn,
    said: said ?? null,
    why: {
      by: why.by,
      plugin: why.plugin ?? null,
      flow: why.flow ?? null,
      step: why.step ?? null,
      intent: why.intent ?? null,
      word: why.word ?? null,
      value: json(why.value),
    },
    steps: steps.map((step) => ({ ...step })),
    messages: messages.map(showMessage),
    asked: asked.map(showAsked),
    wrote: wrote.map((each) => ({ ...each })),
    cases: [...cases],
    problem: problem ? { code: problem.code, data: json(problem.data), detail: problem.detail ?? null } : null,
  }
}

function showMessage({ number, voice, content }: SimulatedMessage): WireMessage {
  const cards = content.kind === 'cards' ? content.cards : []
  const onCards = cards.flatMap(({ suggestions }, card) =>
    suggestions.map(({ label, kind }) => ({ label, kind, card })),
  )
  return {
    ...{ number, voice, text: content.kind === 'text' ? content.text : null },
    cards: cards.map(({ title, description }) => ({ title, description: description ?? null })),
    buttons: [...onCards, ...content.chips.map(({ label, kind }) => ({ label, kind, card: null }))],
  }
}

function showAsked(asked: AskedOutside): WireTurn['asked'][number] {
  if (asked.who === 'host') {
    const { host: name, request } = asked
    const operation = `${request.method} ${request.path}`
    const input = json(request.body ?? request.query)
    return {
      ...{ who: 'host', name, capability: null, operation, route: null, input },
      verdict: 'asked',
      refusal: null,
    }
  }
  const { bank: name, capability, operation, route = null, input, verdict, refusal = null } = asked
  return {
    who: 'bank',
    name,
    capability,
    operation,
    route,
    input: json(input),
    verdict,
    refusal: refusal && { ...refusal },
  }
}

function showQuestion(question: OutsideQuestion): NonNullable<WireThread['asked']> {
  if (question.who === 'host') {
    const { host: name, request, sample } = question
    const operation = `${request.method} ${request.path}`
    const choices = [{ outcome: 'answered', sample: json(sample) }]
    const input = json(request.body ?? request.query)
    return { who: 'host', name, capability: null, operation, input, unplayed: false, choices }
  }
  const { bank: name, capability, operation, input, unplayed, choices } = question
  return {
    ...{ who: 'bank', name, capability, operation, input: json(input), unplayed },
    choices: choices.map(({ outcome, sample }) => ({ outcome, sample: json(sample) })),
  }
}
