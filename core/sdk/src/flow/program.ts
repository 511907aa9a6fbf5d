import type { Content } from '../message/content.ts'
import type { AnyContext, AnyRoute, AnyStep, Flow, Slots } from '../plugin/erased.ts'
import type { TextRef } from '../plugin/text.ts'
import { Fault } from '../fault.ts'
import type { Instant } from '../time.ts'
import type { Option, RunState } from './run-state.ts'

/** A flow with all that its functions may see besides the run: fixed when the run starts. */
export interface Program {
  readonly flow: Flow
  readonly config: Slots
  readonly locale: string
  readonly timeZone: string
}

export function buildContext(program: Program, state: RunState, now: Instant): AnyContext {
  const { config, locale, timeZone } = program
  return { state: state.slots, input: state.input, config, now, locale, timeZone, t: pickText }
}

/** A reference only; whether the text exists and what it says is the renderer's business. */
export function pickText(template: string, vars: TextRef['vars'] = {}): TextRef {
  return { template, vars }
}

export function getStep(program: Program, name: string): AnyStep {
  const { steps } = program.flow
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined
  if (!step) throw new Fault('flow.step_unknown', { data: { flow: program.flow.id, step: name } })
  return step
}

/** The next step, with what the route remembers put into the slots. Slots set to undefined are emptied. */
export function followRoute(route: AnyRoute, result: unknown, context: AnyContext): { step: string; slots: Slots } {
  if (typeof route === 'string') return { step: route, slots: context.state }
  return { step: route.to, slots: mergeSlots(context.state, route.set(result, context)) }
}

export function mergeSlots(slots: Slots, changes: Slots): Slots {
  const merged = { ...slots, ...changes }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
}

/** The replies of a message in the order of their suggestions: cards first, then chips. */
export function listOptions(content: Content<unknown>): readonly Option[] {
  const cards = content.kind === 'carousel' ? content.cards : content.kind === 'card' ? [content.card] : []
  const suggestions = [...cards.flatMap((card) => card.suggestions ?? []), ...content.chips]
  return suggestions.flatMap((suggestion) =>
    suggestion.kind === 'reply' ? [{ label: suggestion.label, value: suggestion.value }] : [],
  )
}
