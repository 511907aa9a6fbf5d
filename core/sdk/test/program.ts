import type { AnyStep, Content, Flow, Slots, TextRef } from '../src/engine.ts'
import { defineContract, holdSchema, text, z } from '../src/index.ts'
import type { Command, RunEvent } from '../src/flow/run-state.ts'
import type { Program } from '../src/flow/program.ts'

/** 10:00 in Shanghai, on a day in March. */
export const now = 1_772_676_000_000_000

export const contract = defineContract({
  id: 'sample',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Sample' },
  config: z.strictObject({}),
  needs: {},
  texts: { words: text({ words: 'text' }, { en: '{{words}}' }) },
  collections: {},
})

export interface ProgramOptions {
  readonly start?: string
  readonly config?: Slots
  readonly begin?: (input: unknown) => Slots
}

/** A flow of these steps, which begins at the first one. */
export function programOf(steps: Readonly<Record<string, AnyStep>>, options: ProgramOptions = {}): Program {
  const flow: Flow = {
    contract,
    id: 'sample',
    revision: 1,
    input: z.unknown(),
    state: z.strictObject({ hold: holdSchema }).partial(),
    start: options.start ?? Object.keys(steps)[0] ?? '',
    steps,
    ...(options.begin ? { begin: options.begin } : {}),
  }
  return { flow, config: options.config ?? {}, locale: 'en', timeZone: 'Asia/Shanghai' }
}

/** Words as a text that says just them. */
export function wordsOf(words: string): TextRef {
  return { template: 'words', vars: { words } }
}

/** A message that says these words, with replies of these values. */
export function contentOf(words: string, ...values: readonly unknown[]): Content<unknown> {
  const chips = values.map((value) => ({ kind: 'reply' as const, label: wordsOf(String(value)), value }))
  return { kind: 'text', text: wordsOf(words), chips }
}

export const end: AnyStep = { kind: 'end' }
export const started: RunEvent = { kind: 'started', input: {}, at: now }

/** A command in a few words: its kind, its visit, and what is said. */
export function briefOf(command: Command): string {
  const words = 'content' in command && command.content.kind === 'text' ? command.content.text.vars['words'] : undefined
  return [command.kind, command.visit, words].filter((part) => part !== undefined).join(' ')
}
