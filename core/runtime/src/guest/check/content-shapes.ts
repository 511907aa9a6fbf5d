import { moneySchema } from '@inthread/sdk/money'
import { z } from 'zod'

/** Shapes of what a guest may say. Strict: a field that nobody asked for, like a voice, is refused and not ignored. */
export const textRefShape = z.strictObject({
  template: z.string().max(100),
  vars: z.record(z.string().max(100), z.union([z.string().max(8000), z.number(), moneySchema])),
})

const suggestionShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), label: textRefShape, value: z.unknown() }),
  z.strictObject({
    kind: z.literal('open'),
    label: textRefShape,
    url: z
      .string()
      .max(2048)
      .regex(/^https:\/\//),
  }),
  z.strictObject({ kind: z.literal('dial'), label: textRefShape, number: z.string().regex(/^\+[0-9]{3,20}$/) }),
  z.strictObject({
    kind: z.literal('place'),
    label: textRefShape,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({
    kind: z.literal('event'),
    label: textRefShape,
    title: textRefShape,
    startsAt: z.string().max(40),
    endsAt: z.string().max(40),
  }),
])

const suggestions = z.array(suggestionShape).max(20)
const cardShape = z.strictObject({
  title: textRefShape,
  description: textRefShape.optional(),
  suggestions: suggestions.optional(),
})

export const contentShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: textRefShape, chips: suggestions }),
  z.strictObject({ kind: z.literal('card'), card: cardShape, chips: suggestions }),
  z.strictObject({ kind: z.literal('carousel'), cards: z.array(cardShape).max(60), chips: suggestions }),
])
