import { formChoice, moneySchema, z } from '@inthread/sdk'
import { policySchema } from '@inthread/sdk/capabilities'

export const kinds = ['collision', 'glass', 'theft', 'injury'] as const

export type Kind = (typeof kinds)[number]

export const kindNames: Readonly<Record<Kind, { readonly zh: string; readonly en: string }>> = {
  collision: { zh: '碰撞剐蹭', en: 'collision' },
  glass: { zh: '玻璃破损', en: 'broken glass' },
  theft: { zh: '被盗', en: 'theft' },
  injury: { zh: '人员受伤', en: 'injury' },
}

/** What is reported. */
export const reportSchema = z.strictObject({
  policy: z.string(),
  kind: z.enum(kinds),
  happenedOn: z.string(),
  description: z.string(),
  amount: moneySchema,
})

export const claimState = z
  .strictObject({
    policies: z.array(policySchema),
    policy: z.string(),
    kind: z.enum(kinds),
    day: z.string(),
    story: z.string(),
    amount: z.string(),
    checked: formChoice(['kind', 'day', 'story', 'amount']),
    over: z.boolean(),
  })
  .partial()
