import { z } from 'zod'
import { listDialogueOperations, need, type CapabilityDeclaration } from '../capability.ts'
import { paymentDesk } from '../capability/payment.ts'
import { defineContract } from '../plugin/contract.ts'
import type { Flow } from '../plugin/erased.ts'
import { definePlugin, type Plugin } from '../plugin/plugin.ts'
import { buildCounterFlow } from './counter-flow.ts'
import { buildCounterTexts } from './counter-texts.ts'
import type { CounterWords } from './counter-words.ts'

export interface CounterOptions {
  /** The plugin's id, like `transfer`. */
  readonly id: string
  readonly publisher: string
  readonly version: string
  /** Versions of the platform it works with. */
  readonly host: string
  readonly title: Readonly<Record<'zh-CN' | 'en', string>>
  /** The capability whose commits are handed in at this counter. */
  readonly provides: CapabilityDeclaration
  readonly words: CounterWords
  /** Grows when the words or the dialogue do not fit open runs any more; 1 when left out. */
  readonly revision?: number
}

/**
 * The bank's counter: a plugin that holds the same dialogue for each commit of a capability. Which account pays, the
 * confirm card out of the stored order, the bank's code, and the result; what the bank leaves open is told as open.
 * Throws a TypeError for a capability without commits.
 */
export function defineCounter({ provides, words, revision = 1, ...identity }: CounterOptions): Plugin {
  const commits = listDialogueOperations(provides)
  if (commits.length === 0) throw new TypeError(`counter ${identity.id}: ${provides.id} has no commit`)
  const contract = buildCounterContract({ ...identity, provides, words })
  const dialogues: Record<string, Flow<{ order: string }>> = {}
  for (const id of commits) {
    const namesPayee = provides.operations[id]?.confirm?.payee !== false
    dialogues[id] = buildCounterFlow(contract, { id, revision, namesPayee })
  }
  return definePlugin(contract, { flows: Object.values(dialogues), dialogues })
}

type Identity = Omit<CounterOptions, 'revision'>

export type CounterContract = ReturnType<typeof buildCounterContract>

function buildCounterContract({ provides, title, words, ...identity }: Identity) {
  return defineContract({
    ...identity,
    title,
    locales: ['zh-CN', 'en'],
    config: z.strictObject({}),
    provides,
    needs: {
      desk: need(paymentDesk, {
        range: '^1',
        purpose: { 'zh-CN': `向银行提交${title['zh-CN']}`, en: `to hand in at the bank: ${title.en}` },
      }),
    },
    texts: buildCounterTexts(words),
    collections: {},
  })
}
