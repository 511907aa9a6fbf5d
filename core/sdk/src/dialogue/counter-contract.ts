import { z } from 'zod'
import { need, type CapabilityDeclaration } from '../capability.ts'
import { paymentDesk } from '../capability/payment.ts'
import { defineContract } from '../plugin/contract.ts'
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

type Identity = Omit<CounterOptions, 'revision'>

export type CounterContract = ReturnType<typeof buildCounterContract>

export function buildCounterContract({ provides, title, words, ...identity }: Identity) {
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
