import { z } from 'zod'
import { carousel, reply, type Card, type Content } from '../message/content.ts'
import { normalize } from '../message/clean.ts'
import type { Contract, ContractDeclaration } from './contract.ts'
import type { AnyContext, AnyStep } from './erased.ts'
import type { AskStep, BranchStep, FlowTypes, Reader, StepContext } from './step.ts'
import type { TextRef } from './text.ts'

type Filled<T> = Exclude<T, undefined | null>
type ListTypes<D extends ContractDeclaration, S extends z.ZodObject, N extends string> = FlowTypes<
  D,
  unknown,
  z.infer<S>,
  N
>

type AskOrBranch<F extends FlowTypes> = AskStep<F> | BranchStep<F>

/** So many cards go into one carousel, with room for "more" and "back" on every channel. */
const cardsPerPage = 10
const choicesAtMost = 11

interface Choice<F extends FlowTypes, V> {
  readonly value: V
  /** At most 25 characters. */
  readonly label: (context: StepContext<F>) => TextRef
  /** Other words for the same, in any language. */
  readonly words?: readonly string[]
}

export interface ChoiceOptions<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  K extends keyof z.infer<S> & string,
  N extends string,
> {
  readonly slot: K
  readonly ask: (context: StepContext<ListTypes<D, S, N>>) => TextRef
  /** At most eleven; longer lists are `pagedList`s. */
  readonly choices: readonly Choice<ListTypes<D, S, N>, Filled<z.infer<S>[K]>>[]
  readonly timeout: { readonly afterMs: number; readonly to: N }
  readonly next: N
}

/**
 * A question with a few fixed answers, each a button that can also be said.
 *
 * ```
 * askSize: choice(contract, state, {
 *   slot: 'size',
 *   ask: ({ t }) => t('whichSize'),
 *   choices: [
 *     { value: 'small', label: ({ t }) => t('small'), words: ['小', 's'] },
 *     { value: 'large', label: ({ t }) => t('large'), words: ['大', 'l'] },
 *   ],
 *   timeout: { afterMs: minutes(15), to: 'end' },
 *   next: 'pay',
 * }),
 * ```
 */
export function choice<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  K extends keyof z.infer<S> & string,
  const N extends string,
>(contract: Contract<D>, state: S, options: ChoiceOptions<D, S, K, N>): AskStep<ListTypes<D, S, N>>
export function choice(_contract: Contract, _state: z.ZodObject, options: object): object {
  return buildChoice(options as AnyChoice)
}

function buildChoice(options: AnyChoice): AnyStep {
  const { slot, ask, choices, timeout, next } = options
  if (choices.length === 0 || choices.length > choicesAtMost)
    throw new RangeError(`the question for ${slot} has ${choices.length} choices: it can have 1 to ${choicesAtMost}`)
  const prompt = (context: AnyContext): Content<unknown> => ({
    kind: 'text',
    text: ask(context),
    chips: choices.map(({ value, label }) => reply(label(context), value)),
  })
  const read = (said: string): unknown =>
    choices.find(({ words = [] }) => words.some((word) => normalize(word) === normalize(said)))?.value
  return { kind: 'ask', slot, prompt, read, timeout, next }
}

interface AnyChoice {
  readonly slot: string
  readonly ask: (context: AnyContext) => TextRef
  readonly choices: readonly {
    readonly value: unknown
    readonly label: (context: AnyContext) => TextRef
    readonly words?: readonly string[]
  }[]
  readonly timeout: { readonly afterMs: number; readonly to: string }
  readonly next: string
}

/** What a user does with a page of a list: takes something, or turns the page. */
export type ListPick<V> = { readonly value: V } | { readonly page: number }

/** The schema of a list's `pick` slot: `state: z.strictObject({ …, pick: listPick(z.string()) })`. */
export function listPick<Z extends z.ZodType>(value: Z): z.ZodType<ListPick<z.infer<Z>>> {
  const schema = z.union([z.strictObject({ value }), z.strictObject({ page: z.number().int() })])
  return schema as z.ZodType<ListPick<z.infer<Z>>>
}

type SlotOfType<S, V> = { [P in keyof S & string]: V extends Filled<S[P]> ? P : never }[keyof S & string]

export interface PagedListOptions<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  Id extends string,
  K extends keyof z.infer<S> & string,
  T,
  N extends string,
> {
  /** Begins the names of its steps: `shop` gives `shopStart`, `shopPage` and `shopFork`. */
  readonly id: Id
  /** The slot for what was taken. */
  readonly slot: K
  /** The slot for what is done with the page that is shown; its schema is `listPick(…)` of the slot's. */
  readonly pick: SlotOfType<z.infer<S>, ListPick<Filled<z.infer<S>[K]>>>
  /** The slot for the number of the page. */
  readonly page: SlotOfType<z.infer<S>, number>
  readonly items: (context: StepContext<ListTypes<D, S, N>>) => readonly T[]
  /** One card of the carousel; its `reply`s carry what is taken. */
  readonly card: (item: T, context: StepContext<ListTypes<D, S, N>>) => Card<Filled<z.infer<S>[K]>>
  readonly buttons: {
    readonly more: (context: StepContext<ListTypes<D, S, N>>) => TextRef
    readonly back: (context: StepContext<ListTypes<D, S, N>>) => TextRef
  }
  /** Reads typed words, over all pages. */
  readonly read?: Reader<ListTypes<D, S, N>, Filled<z.infer<S>[K]>>
  readonly timeout: { readonly afterMs: number; readonly to: N }
  /** When there is nothing in the list. */
  readonly none: N
  readonly next: N
}

type ListNames<Id extends string> = `${Id}Start` | `${Id}Page` | `${Id}Fork`

/**
 * A list of any length, ten cards a page, with "more" and "back". Spread what it gives into a flow's steps and lead to
 * `<id>Start`; to offer the list again, empty its slot and lead there once more.
 *
 * ```
 * steps: {
 *   ...pagedList(contract, state, {
 *     id: 'shop',
 *     slot: 'article', pick: 'articlePick', page: 'articlePage',
 *     items: ({ state }) => state.articles ?? [],
 *     card: ({ id, title }, { t }) => ({
 *       title: t('article', { title }), suggestions: [reply(t('take', { title }), id)],
 *     }),
 *     buttons: { more: ({ t }) => t('more'), back: ({ t }) => t('back') },
 *     timeout: { afterMs: minutes(15), to: 'end' },
 *     none: 'sayNothingThere', next: 'pay',
 *   }),
 *   pay: …
 * }
 * ```
 */
export function pagedList<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  const Id extends string,
  K extends keyof z.infer<S> & string,
  T,
  const N extends string,
>(
  contract: Contract<D>,
  state: S,
  options: PagedListOptions<D, S, Id, K, T, N>,
): { readonly [P in ListNames<Id>]: AskOrBranch<ListTypes<D, S, ListNames<Id> | N>> }
export function pagedList(_contract: Contract, _state: z.ZodObject, options: object): object {
  return buildList(options as AnyList)
}

function buildList(options: AnyList): Readonly<Record<string, AnyStep>> {
  const { id, items, none, slot, next } = options
  const page = `${id}Page`
  const isTaken = ({ state }: AnyContext): boolean => state[slot] !== undefined && state[slot] !== null
  return {
    [`${id}Start`]: {
      kind: 'branch',
      when: [{ is: (context: AnyContext) => items(context).length === 0, to: none }],
      otherwise: page,
    },
    [page]: buildPage(options),
    [`${id}Fork`]: { kind: 'branch', when: [{ is: isTaken, to: next }], otherwise: page },
  }
}

interface AnyList {
  readonly id: string
  readonly slot: string
  readonly pick: string
  readonly page: string
  readonly items: (context: AnyContext) => readonly unknown[]
  readonly card: (item: unknown, context: AnyContext) => Card<unknown>
  readonly buttons: {
    readonly more: (context: AnyContext) => TextRef
    readonly back: (context: AnyContext) => TextRef
  }
  readonly read?: (words: string, context: AnyContext) => unknown
  readonly timeout: { readonly afterMs: number; readonly to: string }
  readonly none: string
  readonly next: string
}

/** The pick is emptied at once: what was taken goes into the slot, a turned page is asked anew. */
function buildPage(list: AnyList): AnyStep {
  const { id, slot, pick, page, timeout } = list
  const set = (picked: unknown): Record<string, unknown> =>
    isTurn(picked)
      ? { [pick]: undefined, [page]: picked.page }
      : { [pick]: undefined, [page]: undefined, [slot]: valueOf(picked) }
  const read = (words: string, context: AnyContext): unknown => {
    const value = list.read?.(words, context)
    return value === undefined || value === null ? undefined : { value }
  }
  return {
    kind: 'ask',
    slot: pick,
    prompt: (context) => showPage(list, context),
    ...(list.read ? { read } : {}),
    timeout,
    next: { to: `${id}Fork`, set },
  }
}

function showPage({ items, card, buttons, page: pageSlot }: AnyList, context: AnyContext): Content<unknown> {
  const all = items(context)
  const pages = Math.max(1, Math.ceil(all.length / cardsPerPage))
  const wanted = context.state[pageSlot]
  const page = Math.min(typeof wanted === 'number' ? wanted : 0, pages - 1)
  const shown = all.slice(page * cardsPerPage, (page + 1) * cardsPerPage)
  const chips = [
    ...(page + 1 < pages ? [reply(buttons.more(context), { page: page + 1 })] : []),
    ...(page > 0 ? [reply(buttons.back(context), { page: page - 1 })] : []),
  ]
  return carousel<unknown>(
    shown.map((item) => wrapCard(card(item, context))),
    chips,
  )
}

function wrapCard(card: Card<unknown>): Card<unknown> {
  const suggestions = (card.suggestions ?? []).map((suggestion) =>
    suggestion.kind === 'reply' ? { ...suggestion, value: { value: suggestion.value } } : suggestion,
  )
  return { ...card, suggestions }
}

function isTurn(picked: unknown): picked is { readonly page: number } {
  return typeof picked === 'object' && picked !== null && 'page' in picked
}

function valueOf(picked: unknown): unknown {
  return typeof picked === 'object' && picked !== null && 'value' in picked ? picked.value : undefined
}
