import { holdSchema } from '@inthread/sdk'
import { z } from 'zod'
import { contentShape, textRefShape } from './content-shapes.ts'

const visit = z.int().min(1)
const instant = z.int()
const name = z.string().max(100)
const key = z.string().max(190)
const slots = z.record(z.string().max(100), z.unknown())

const requestShape = z.strictObject({
  method: z.enum(['GET', 'POST']),
  path: z.string().max(2048).startsWith('/'),
  query: z.record(z.string().max(200), z.string().max(2000)).optional(),
  body: z.unknown().optional(),
})

/** Shapes of what a guest may want done, as the sdk's fold builds them. */
const commandShape = z.union([
  z.strictObject({ kind: z.literal('say'), visit, content: contentShape }),
  z.strictObject({ kind: z.literal('emit'), visit, event: name, data: slots }),
  z.strictObject({
    kind: z.literal('ask'),
    visit,
    content: contentShape,
    timeoutAt: instant,
    remindAt: instant.optional(),
    again: z.boolean(),
    digits: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('remind'), visit, content: contentShape, timeoutAt: instant }),
  z.strictObject({ kind: z.literal('confirm'), visit, order: key, method: key }),
  z.strictObject({ kind: z.literal('call'), visit, need: name, operation: name, input: z.unknown() }),
  z.strictObject({ kind: z.literal('read'), visit, from: name, by: z.literal('key'), key }),
  z.strictObject({ kind: z.literal('read'), visit, from: name, by: name, where: slots, limit: z.int().min(1).max(50) }),
  z.strictObject({ kind: z.literal('write'), visit, to: name, act: z.enum(['put', 'insert']), document: slots }),
  z.strictObject({ kind: z.literal('write'), visit, to: name, act: z.literal('remove'), key }),
  z.strictObject({ kind: z.literal('reserve'), visit, from: name, counter: name, key, part: key, until: instant }),
  z.strictObject({ kind: z.enum(['take', 'release']), visit, hold: holdSchema }),
  z.strictObject({ kind: z.literal('fetch'), visit, from: name, request: requestShape, deadlineMs: z.int().min(1) }),
  z.strictObject({ kind: z.literal('run'), visit, flow: name, input: z.unknown() }),
  z.strictObject({
    kind: z.literal('wait'),
    visit,
    until: instant,
    event: z.strictObject({ need: name, name }).optional(),
  }),
  z.strictObject({ kind: z.literal('end'), visit, result: z.unknown().optional() }),
])

const waypointShape = z.strictObject({ step: name, slots })

const stateShape = z.strictObject({
  step: name,
  visit,
  slots,
  input: z.unknown(),
  unread: z.int().min(0).max(100),
  options: z.array(z.strictObject({ label: textRefShape, value: z.unknown() })).max(1000),
  ended: z.boolean(),
  since: instant.optional(),
  trail: z.array(waypointShape).max(8).optional(),
})

export const advanceShape = z.strictObject({ state: stateShape, commands: z.array(commandShape).max(200) })
