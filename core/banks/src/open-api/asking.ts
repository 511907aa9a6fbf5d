import { z } from 'zod'
import type { BankAsk, BankConnection, BankOutcome, BankResource, WireJson } from '@inthread/sdk/bank'
import { buildOutcome, findProblem } from './outcome.ts'
import type { Asked } from './problem.ts'
import type { Exchange } from './transport/exchange.ts'

const wireJson: z.ZodType<WireJson> = z.json()
const resourceSchema = z.record(z.string(), wireJson)

/** Any operation of the shared API. A resource is handed on as the bank wrote it: who asked knows what it means. */
export async function runAsk(exchange: Exchange, ask: BankAsk): ReturnType<BankConnection['ask']> {
  const { asks, method, path, query, key, body } = ask
  const answer = await exchange({
    ...{ method, path },
    ...(query === undefined ? {} : { query }),
    ...(key === undefined ? {} : { key }),
    ...(body === undefined ? {} : { body }),
  })
  const problem = asks === 'search' ? findProblem(answer) : undefined
  if (problem?.status === 404 && problem.code === 'not_found') return { kind: 'not_found' }
  // Done, and nothing to say about it.
  if (answer.kind !== 'unknown' && answer.status === 204) return { kind: 'done', value: {} }
  return buildOutcome(answer, {
    asked: askedBy[asks],
    schema: resourceSchema,
    read: (resource): BankOutcome<BankResource> => ({ kind: 'done', value: resource }),
  })
}

/** What a refusal can mean depends on what was asked. */
const askedBy: Readonly<Record<BankAsk['asks'], Asked>> = { reading: 'reading', acting: 'payment', search: 'search' }
