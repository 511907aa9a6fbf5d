import { z } from 'zod'
import { need, type CapabilityDeclaration } from '../capability.ts'
import { paymentDesk } from '../capability/payment.ts'
import { consentDesk } from '../capability/lending/consent-desk.ts'
import { cardActivation } from '../capability/lending/credit-card.ts'
import { creditAuthorisation } from '../capability/lending/credit-authorisation.ts'
import { creditDesk } from '../capability/lending/credit-desk.ts'
import { defineContract } from '../plugin/contract.ts'
import type { CounterOptions } from '../dialogue/counter-contract.ts'
import { buildCreditTexts } from './credit-texts.ts'
import type { CreditWords } from './credit-words.ts'

export interface CreditOptions<C extends CapabilityDeclaration = CapabilityDeclaration> extends Omit<
  CounterOptions,
  'words' | 'provides'
> {
  readonly provides: C
  readonly words: CreditWords
  /** `loan` for an amount that is lent, `card` for a credit card. */
  readonly type: 'loan' | 'card'
  /** The purpose of the signed credit query, as the bank calls it; `credit-query` when left out. */
  readonly signs?: 'credit-query' | 'business-credit-query'
}

export type CreditContract = ReturnType<typeof buildCreditContract>

export function buildCreditContract<C extends CapabilityDeclaration>({
  id,
  publisher,
  version,
  host,
  title,
  provides,
  words,
}: CreditOptions<C>) {
  const purpose = (chinese: string, english: string) => ({
    range: '^1',
    purpose: { 'zh-CN': `${chinese}${title['zh-CN']}`, en: `${english}: ${title.en}` },
  })
  return defineContract({
    ...{ id, publisher, version, host, title },
    locales: ['zh-CN', 'en'],
    config: z.strictObject({}),
    provides: provides as CapabilityDeclaration,
    needs: {
      desk: need(paymentDesk, purpose('向银行提交', 'to hand in at the bank')),
      credit: need(creditDesk, { ...purpose('申请', 'to apply at the bank'), range: '^1.1' }),
      consents: need(consentDesk, purpose('逐项征得您的同意：', 'to ask for your consent')),
      signature: need(creditAuthorisation, purpose('签名授权查询征信：', 'to sign the credit query')),
      activation: need(cardActivation, purpose('激活新卡：', 'to activate the card')),
    },
    texts: buildCreditTexts(words),
    collections: {},
    // Waiting for a form, a decision and a signature takes more looks than a payment does.
    limits: { callsPerRun: 200 },
  })
}
