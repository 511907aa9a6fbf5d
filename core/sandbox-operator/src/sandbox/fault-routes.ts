import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Parts } from '../boot/parts.ts'
import { answerFaults, callbackFaults, operations, requestFaults } from './fault.store.ts'
import type { Fault, FaultKind, Operation } from './fault.store.ts'
import { refuseInput } from './sandbox-refusal.ts'

interface FaultInput {
  readonly match: { readonly operation: Operation }
  readonly times: number
  readonly do: FaultKind
  readonly errorCode?: number
  readonly delayMs?: number
}

const faultSchema = {
  body: {
    type: 'object',
    properties: {
      match: {
        type: 'object',
        properties: { operation: { enum: operations } },
        required: ['operation'],
        additionalProperties: false,
      },
      times: { type: 'integer', minimum: 1, maximum: 10_000, default: 1 },
      do: { enum: [...requestFaults, ...answerFaults, ...callbackFaults] },
      errorCode: { type: 'integer' },
      delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
    },
    required: ['match', 'do'],
    additionalProperties: false,
  },
}

/** `POST`, `GET` and `DELETE /sandbox/faults`. Faults of one operation are used up in the order they were made. */
export function registerFaultRoutes(app: FastifyInstance, parts: Parts): void {
  app.post('/sandbox/faults', { schema: faultSchema }, (request: FastifyRequest<{ Body: FaultInput }>) => {
    const { match, times, do: kind, errorCode, delayMs } = request.body
    assertPossible(match.operation, kind, errorCode)
    const detail = { ...(errorCode === undefined ? {} : { errorCode }), ...(delayMs === undefined ? {} : { delayMs }) }
    const fault = parts.faults.add({ operation: match.operation, kind, remaining: times, ...detail })
    return { fault: buildAnswer(fault) }
  })
  app.get('/sandbox/faults', () => ({ faults: parts.faults.list().map(buildAnswer) }))
  app.delete('/sandbox/faults', () => {
    parts.faults.clear()
    parts.held.releaseAll()
    parts.wake()
    return { faults: [] }
  })
}

function assertPossible(operation: Operation, kind: FaultKind, errorCode: number | undefined): void {
  const ofCallback = callbackFaults.some((each) => each === kind)
  const ofAnswer = answerFaults.some((each) => each === kind)
  if (ofCallback && operation !== 'callback') {
    throw refuseInput('/body/do', `${kind} needs the operation callback`, 'set match.operation to callback')
  }
  if (ofAnswer && operation === 'callback') {
    throw refuseInput('/body/do', `${kind} bends an answer, and a callback is a call`, 'choose another operation')
  }
  if (kind === 'token-expired' && operation === 'token') {
    throw refuseInput('/body/do', 'token-expired strikes calls that carry a token', 'use send, revoke or menu')
  }
  if (kind === 'code' && errorCode === undefined) {
    throw refuseInput('/body/errorCode', 'code needs an errorCode', 'add errorCode, for example 30003')
  }
}

function buildAnswer({ id, operation, kind, remaining, errorCode, delayMs }: Fault): object {
  return {
    id,
    match: { operation },
    do: kind,
    times: remaining,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(delayMs === undefined ? {} : { delayMs }),
  }
}
