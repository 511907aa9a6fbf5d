import { z } from 'zod'
import { reply, type Content } from '../message/content.ts'
import { normalize } from '../message/clean.ts'
import type { Contract, ContractDeclaration } from './contract.ts'
import type { AnyContext, AnyStep } from './erased.ts'
import type { AskStep, BranchStep, FlowTypes, Reader, StepContext } from './step.ts'
import type { TextRef } from './text.ts'

type Filled<T> = Exclude<T, undefined | null>
type FormTypes<D extends ContractDeclaration, S extends z.ZodObject, N extends string> = FlowTypes<
  D,
  unknown,
  z.infer<S>,
  N
>

type AskOrBranch<F extends FlowTypes> = AskStep<F> | BranchStep<F>

/** One question of a form. It is asked while its slot is empty. */
export interface FormField<F extends FlowTypes, V> {
  /** The button that corrects this answer, like "改地址". At most 25 characters. */
  readonly label: (context: StepContext<F>) => TextRef
  /** What the answer is called after "修改" or "correct", in any language: `['地址', 'address']`. */
  readonly words: readonly string[]
  readonly prompt: (context: StepContext<F>) => Content<V>
  readonly read?: Reader<F, V>
}

export interface FormOptions<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  Id extends string,
  K extends keyof z.infer<S> & string,
  N extends string,
> {
  /** Begins the names of its steps: `order` gives `orderAddress`, `orderSummary` and `orderFork`. */
  readonly id: Id
  /** Questions by the slots that they fill, in the order in which they are asked; at most nine. */
  readonly fields: { readonly [P in K]: FormField<FormTypes<D, S, N>, Filled<z.infer<S>[P]>> }
  /** The slot for what is said to the summary; its schema is `formChoice([…])` with the same fields. */
  readonly slot: ChoiceSlot<z.infer<S>, K>
  /** All answers, shown before anything is sent. */
  readonly summary: (context: StepContext<FormTypes<D, S, N>>) => TextRef
  readonly buttons: {
    readonly submit: (context: StepContext<FormTypes<D, S, N>>) => TextRef
    readonly cancel: (context: StepContext<FormTypes<D, S, N>>) => TextRef
  }
  readonly timeout: { readonly afterMs: number; readonly to: N }
  readonly submit: N
  readonly cancel: N
}

/** Only slots that can hold everything that may be said to the summary. */
type ChoiceSlot<S, K extends string> = {
  [P in keyof S & string]: 'submit' | 'cancel' | K extends Filled<S[P]> ? P : never
}[keyof S & string]

type FormNames<Id extends string, K extends string> = `${Id}${Capitalize<K>}` | `${Id}Summary` | `${Id}Fork`

/** The schema of a form's slot: `state: z.strictObject({ …, checked: formChoice(['address', 'day']) })`. */
export function formChoice<const K extends string>(fields: readonly K[]): z.ZodType<'submit' | 'cancel' | K> {
  return z.enum(['submit', 'cancel', ...fields]) as z.ZodType<'submit' | 'cancel' | K>
}

/**
 * Several questions, one after the other, then a summary with a button to send it, one to correct each answer, and one
 * to leave. "修改地址" or "correct address" do what the buttons do. Spread what it gives into a flow's steps and lead to
 * the first question; leading there again later shows the summary with what was answered.
 *
 * ```
 * steps: {
 *   ...form(contract, state, {
 *     id: 'order',
 *     fields: {
 *       address: { label: ({ t }) => t('changeAddress'), words: ['地址', 'address'],
 *         prompt: ({ t }) => textMessage(t('whereTo')), read: (words) => words },
 *       day: { label: ({ t }) => t('changeDay'), words: ['日期', 'day'],
 *         prompt: ({ t }) => textMessage(t('when'), [reply(t('today'), 'today')]) },
 *     },
 *     slot: 'checked',
 *     summary: ({ t, state }) => t('summary', { address: state.address ?? '', day: state.day ?? '' }),
 *     buttons: { submit: ({ t }) => t('send'), cancel: ({ t }) => t('leave') },
 *     timeout: { afterMs: minutes(15), to: 'end' },
 *     submit: 'pay', cancel: 'end',
 *   }),
 *   pay: …
 * }
 * ```
 */
export function form<
  D extends ContractDeclaration,
  S extends z.ZodObject,
  const Id extends string,
  K extends keyof z.infer<S> & string,
  const N extends string,
>(
  contract: Contract<D>,
  state: S,
  options: FormOptions<D, S, Id, K, N>,
): { readonly [P in FormNames<Id, K>]: AskOrBranch<FormTypes<D, S, FormNames<Id, K> | N>> }
export function form(_contract: Contract, _state: z.ZodObject, options: object): object {
  return buildForm(options as AnyForm)
}

function buildForm(options: AnyForm): Readonly<Record<string, AnyStep>> {
  const fields = Object.entries(options.fields)
  if (fields.length === 0 || fields.length > 9)
    throw new RangeError(`the form ${options.id} has ${fields.length} questions: it can have 1 to 9`)
  const names = fields.map(([slot]) => `${options.id}${slot.charAt(0).toUpperCase()}${slot.slice(1)}`)
  const [first = ''] = names
  const summary = `${options.id}Summary`
  const questions = fields.map(([slot, field], index) => [
    names[index],
    buildQuestion(options, { slot, field, next: names[index + 1] ?? summary }),
  ])
  return {
    ...(Object.fromEntries(questions) as Record<string, AnyStep>),
    [summary]: buildSummary(options),
    [`${options.id}Fork`]: buildFork(options, first),
  }
}

interface AnyField {
  readonly label: (context: AnyContext) => TextRef
  readonly words: readonly string[]
  readonly prompt: (context: AnyContext) => Content<unknown>
  readonly read?: (words: string, context: AnyContext) => unknown
}

interface AnyForm {
  readonly id: string
  readonly fields: Readonly<Record<string, AnyField>>
  readonly slot: string
  readonly summary: (context: AnyContext) => TextRef
  readonly buttons: {
    readonly submit: (context: AnyContext) => TextRef
    readonly cancel: (context: AnyContext) => TextRef
  }
  readonly timeout: { readonly afterMs: number; readonly to: string }
  readonly submit: string
  readonly cancel: string
}

interface Question {
  readonly slot: string
  readonly field: AnyField
  readonly next: string
}

/** Every answer empties what was said to the summary, so that the summary is shown anew. */
function buildQuestion({ slot: choice, timeout }: AnyForm, { slot, field, next }: Question): AnyStep {
  const { prompt, read } = field
  const forget = { to: next, set: () => ({ [choice]: undefined }) }
  return { kind: 'ask', slot, prompt, ...(read ? { read } : {}), timeout, next: forget }
}

function buildSummary({ id, fields, slot, summary, buttons, timeout }: AnyForm): AnyStep {
  const prompt = (context: AnyContext): Content<unknown> => ({
    kind: 'text',
    text: summary(context),
    chips: [
      reply(buttons.submit(context), 'submit'),
      ...Object.entries(fields).map(([name, { label }]) => reply(label(context), name)),
      reply(buttons.cancel(context), 'cancel'),
    ],
  })
  const empty = (choice: unknown): Record<string, undefined> =>
    typeof choice === 'string' && Object.hasOwn(fields, choice) ? { [choice]: undefined } : {}
  const read = (words: string): string | undefined => findCorrection(fields, words)
  return { kind: 'ask', slot, prompt, read, timeout, next: { to: `${id}Fork`, set: empty } }
}

function buildFork({ slot, submit, cancel }: AnyForm, first: string): AnyStep {
  const when = [
    { is: ({ state }: AnyContext) => state[slot] === 'submit', to: submit },
    { is: ({ state }: AnyContext) => state[slot] === 'cancel', to: cancel },
  ]
  return { kind: 'branch', when, otherwise: first }
}

/** "修改地址", "change the address", or "address" alone. */
function findCorrection(fields: AnyForm['fields'], words: string): string | undefined {
  const said = normalize(words).replace(/^(修改|更正|改一下|改|correct|change)/u, '')
  const isNamed = (word: string): boolean => ['', 'the', 'my'].some((article) => said === article + normalize(word))
  const named = Object.entries(fields).find(([, field]) => field.words.some(isNamed))
  return named?.[0]
}
