import { addMs, type Hold, type Instant } from '@inthread/sdk'
import type { AnyContext, AnyRoute, AnyStep, Card, Content, Flow, Suggestion, TextRef } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import { renderText } from './render-text.ts'

type Row = Readonly<Record<string, unknown>>

export interface RehearsalOptions {
  readonly flow: Flow
  readonly input: unknown
  readonly config: Row
  readonly now: Instant
  readonly timeZone: string
  readonly locale: string
  /** Rows of each collection. */
  readonly documents: Readonly<Record<string, readonly Row[]>>
}

interface Held extends Hold {
  readonly counter: string
  taken: boolean
  /** The bank does not know yet: the end of the run does not free it. */
  kept?: boolean
}

/**
 * Plays one run of a flow without a platform, for the tests beside it: the same steps, an own clock, rows in memory,
 * and outcomes that the test decides. Every change of a slot goes through JSON and the flow's own schema.
 */
export class Rehearsal {
  /** What stands on the screen since the user last did something. */
  screen: { text: string; labels: string[] }[] = []
  step: string
  readonly calls: unknown[] = []
  readonly holds: Held[] = []
  now: Instant
  private readonly options: RehearsalOptions
  private state: Row = {}
  private suggestions: readonly Suggestion<unknown>[] = []

  constructor(options: RehearsalOptions) {
    this.options = options
    this.now = options.now
    this.step = options.flow.start
    this.set(options.flow.begin?.(options.flow.input.parse(options.input)) ?? {})
    this.run()
  }

  get text(): string {
    return this.screen.map((message) => message.text).join('\n\n')
  }

  get labels(): readonly string[] {
    return this.suggestions.map((suggestion) => this.write(suggestion.label))
  }

  /** Ends the waiting call with this outcome. */
  bank(outcome: string, value: unknown = {}): void {
    const step = this.expectStep('call')
    this.screen = []
    if (outcome === 'unknown') for (const hold of this.holds) hold.kept = true
    this.goTo(getRoute(step.on[outcome]), value)
    this.run()
  }

  /** What was unknown has been decided. */
  settles(data: unknown): void {
    const step = this.expectStep('wait')
    if (!('event' in step)) throw new Error(`${this.step} waits for a moment and not for an event`)
    this.screen = []
    for (const hold of this.holds) hold.kept = false
    this.goTo(step.on.happened, data)
    this.run()
  }

  says(words: string): void {
    const step = this.expectStep('ask')
    const tapped = this.suggestions.find((suggestion) => this.write(suggestion.label) === words)
    const answer = tapped?.kind === 'reply' ? tapped.value : step.read?.(words, this.context())
    if (answer === undefined) return
    this.screen = []
    this.set({ [step.slot]: answer })
    this.goTo(step.next, answer)
    this.run()
  }

  /** Lets time pass; a question that waited too long goes to its time-out. */
  wait(durationMs: number): void {
    const step = this.expectStep('ask')
    this.now = addMs(this.now, durationMs)
    if (durationMs < step.timeout.afterMs) return
    this.screen = []
    this.step = step.timeout.to
    this.run()
  }

  private run(): void {
    for (let count = 0; count < 100; count += 1) {
      const step = this.current()
      if (step.kind === 'end' || step.kind === 'call' || step.kind === 'wait') return this.stop(step)
      if (step.kind === 'ask' && isEmpty(this.state[step.slot])) return this.show(step.prompt(this.context()))
      this.perform(step)
    }
    throw new Error(`the flow goes round in circles at ${this.step}`)
  }

  private stop(step: AnyStep): void {
    this.suggestions = []
    if (step.kind === 'call') this.calls.push(step.input(this.context()))
    // What the run did not take is free again when it ends, unless the bank still has to say whether it was paid.
    const left = this.holds.filter((hold) => hold.taken || hold.kept)
    if (step.kind === 'end') this.holds.splice(0, this.holds.length, ...left)
  }

  private perform(step: Exclude<AnyStep, { kind: 'end' | 'call' | 'wait' }>): void {
    switch (step.kind) {
      case 'say':
        this.show(step.message(this.context()))
        this.step = step.next
        break
      case 'branch':
        this.step = step.when.find((entry) => entry.is(this.context()))?.to ?? step.otherwise
        break
      case 'ask':
        this.goTo(step.next, this.state[step.slot])
        break
      default:
        this.touchData(step)
    }
  }

  private touchData(step: AnyStep): void {
    if (step.kind === 'read') return this.read(step)
    if (step.kind === 'reserve') return this.reserve(step)
    if (step.kind === 'take') return this.take(step)
    if (step.kind !== 'release') throw new Error(`the rehearsal does not know steps of kind ${step.kind}`)
    const released = step.hold(this.context())
    this.holds.splice(0, this.holds.length, ...this.holds.filter((hold) => hold.id !== released.id))
    this.step = step.next
  }

  private read(step: Extract<AnyStep, { kind: 'read' }>): void {
    const wanted = Object.entries(step.where?.(this.context()) ?? {})
    const all = this.options.documents[step.from] ?? []
    const rows = all.filter((row) => wanted.every(([field, value]) => row[field] === value))
    const order = this.options.flow.contract.declaration.collections[step.from]?.indexes[step.by] ?? []
    const sorted = rows.toSorted((left, right) => (sortKey(left, order) < sortKey(right, order) ? -1 : 1))
    if (sorted.length === 0) this.goTo(step.on.none, [])
    else this.goTo(step.on.found, sorted.slice(0, step.limit))
  }

  private reserve(step: Extract<AnyStep, { kind: 'reserve' }>): void {
    const { key, part } = step.of(this.context())
    const row = (this.options.documents[step.from] ?? []).find((candidate) => candidate['id'] === key)
    const counter = `${key}|${part}`
    const used = new Set(this.holds.filter((hold) => hold.counter === counter).map((hold) => hold.unit))
    const units = Array.from({ length: Number(row?.[step.counter] ?? 0) }, (_, index) => index + 1)
    const free = units.find((unit) => !used.has(unit))
    if (free === undefined) return this.goTo(getRoute(step.on['none_left']), {})
    const hold = { id: `hold-${this.holds.length + 1}`, unit: free, until: addMs(this.now, step.holdMs) }
    this.holds.push({ ...hold, counter, taken: false })
    this.goTo(getRoute(step.on['held']), hold)
  }

  private take(step: Extract<AnyStep, { kind: 'take' }>): void {
    const wanted = step.hold(this.context())
    const held = this.holds.find((hold) => hold.id === wanted.id)
    if (held) held.taken = true
    this.goTo(held ? step.on.taken : step.on.lapsed, null)
  }

  private goTo(route: AnyRoute, result: unknown): void {
    if (typeof route === 'string') {
      this.step = route
      return
    }
    this.set(route.set(result, this.context()))
    this.step = route.to
  }

  private set(change: Row): void {
    const { state } = this.options.flow
    const parsed: Row = state.parse({ ...this.state, ...change })
    this.state = decodeJson(encodeJson(parsed)) as Row
  }

  private show(content: Content<unknown>): void {
    const cards = content.kind === 'text' ? [] : content.kind === 'card' ? [content.card] : content.cards
    assertFits(content, cards)
    this.suggestions = [...cards.flatMap((card) => card.suggestions ?? []), ...content.chips]
    const texts = content.kind === 'text' ? [content.text] : cards.flatMap((card) => [card.title, card.description])
    const written = texts.flatMap((ref) => (ref ? [this.write(ref)] : []))
    if (this.labels.some((label) => [...label].length > 25)) throw new Error(`a label is too long at ${this.step}`)
    if (new Set(this.labels).size < this.labels.length) throw new Error(`two equal labels at ${this.step}`)
    this.screen.push({ text: written.join('\n'), labels: [...this.labels] })
  }

  private write(ref: TextRef): string {
    return renderText(ref, this.options)
  }

  private current(): AnyStep {
    const step = this.options.flow.steps[this.step]
    if (!step) throw new Error(`the flow has no step ${this.step}`)
    return step
  }

  private expectStep<K extends AnyStep['kind']>(kind: K): Extract<AnyStep, { kind: K }> {
    const step = this.current()
    if (!isKind(step, kind)) throw new Error(`${this.step} is a step of kind ${step.kind}, not ${kind}`)
    return step
  }

  private context(): AnyContext {
    const { config, timeZone, locale, input } = this.options
    const t = (template: string, vars: TextRef['vars'] = {}): TextRef => ({ template, vars })
    return { state: this.state, input, config, now: this.now, locale, timeZone, t }
  }
}

/** What every channel takes: 2 to 12 cards, four buttons on a card, eleven chips. */
function assertFits(content: Content<unknown>, cards: readonly Card<unknown>[]): void {
  if (content.chips.length > 11) throw new Error('too many chips')
  if (cards.length > 12) throw new Error('too many cards')
  if (cards.some((card) => (card.suggestions ?? []).length > 4)) throw new Error('too many buttons on a card')
}

function getRoute(route: AnyRoute | undefined): AnyRoute {
  if (route === undefined) throw new Error('an outcome without a route')
  return route
}

function isKind<K extends AnyStep['kind']>(step: AnyStep, kind: K): step is Extract<AnyStep, { kind: K }> {
  return step.kind === kind
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null
}

function sortKey(row: Row, order: readonly string[]): string {
  return order.map((field) => String(row[field])).join(' ')
}
