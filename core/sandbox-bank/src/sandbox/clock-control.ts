import type { FastifyInstance } from 'fastify'
import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { runHousekeeping } from '../app/housekeeping.ts'
import { deedKinds } from '../deeds/kinds.ts'
import { runDeeds } from '../deeds/run-deeds.ts'
import { runSettlement } from '../payments/settle.ts'
import { answerHeaders, buildRefusals } from '../routes/route-schema.ts'
import { runStatements } from '../statements/run-statements.ts'
import { Problem } from '../transport/problem.ts'
import { buildBodyReader } from './read-control.ts'
import { assertLoopback } from './loopback.ts'

const durationPattern = /^P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?$/
const unitsMs = [86_400_000, 3_600_000, 60_000, 1_000]
const longestStepMs = 366 * 24 * 3_600_000

const clockBody = Type.Object({
  advance: Type.Union([Type.String({ maxLength: 40 }), Type.Integer()], {
    description: 'How far forward: an ISO 8601 duration such as PT15M, or milliseconds.',
  }),
})

const clockAnswer = Type.Object({
  now: Type.String({ format: 'date-time', description: "The bank's time after the step." }),
  offsetMs: Type.Integer({ description: 'All steps so far.' }),
})

const schema = {
  operationId: 'advanceClock',
  security: [],
  summary: 'Sandbox only, from this machine, unsigned: moves the business clock forward and does what became due.',
  body: clockBody,
  response: {
    200: { description: 'Moved.', headers: answerHeaders, content: { 'application/json': { schema: clockAnswer } } },
    ...buildRefusals(['malformed', 'not_found', 'too_large', 'internal']),
  },
}

/** Stands in the scope below /v1, so that its answers are signed like all others there. */
export function serveClockControl(scope: FastifyInstance, bank: Bank): void {
  const readBody = buildBodyReader(clockBody)
  const unchecked = () => () => true
  const options = { schema, config: { unsigned: true }, onRequest: assertLoopback, validatorCompiler: unchecked }
  scope.post('/simulations/clock', options, async (request) => {
    bank.clock.advance(readStepMs(readBody(request).advance))
    runHousekeeping(bank)
    runSettlement(bank)
    runDeeds(bank, deedKinds)
    runStatements(bank)
    bank.poke()
    return { now: renderInstant(bank.clock.now()), offsetMs: bank.clock.offsetMs() }
  })
}

function readStepMs(advance: Static<typeof clockBody>['advance']): number {
  const stepMs = typeof advance === 'number' ? advance : findDurationMs(advance)
  if (stepMs !== undefined && stepMs >= 0 && stepMs <= longestStepMs) return stepMs
  const detail = 'advance must be a duration such as PT15M or milliseconds, forward, at most 366 days.'
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/advance', code: 'range', detail }] })
}

/** Milliseconds of an ISO 8601 duration in days, hours, minutes and seconds (`PT15M`), or undefined. */
export function findDurationMs(text: string): number | undefined {
  const match = durationPattern.exec(text)
  if (!match || text.endsWith('P') || text.endsWith('T')) return undefined
  return unitsMs.reduce((total, unitMs, index) => total + unitMs * Number(match[index + 1] ?? 0), 0)
}
