import type { z } from 'zod'
import { buildRefusal, type Asked, type Problem, type Undecided } from './problem.ts'
import { problemSchema } from './resources.ts'
import type { Answer } from './transport/exchange.ts'

/** How one kind of answer is understood. */
export interface Reader<S extends z.ZodType, R> {
  readonly asked: Asked
  readonly schema: S
  /** By the resource's own words; the HTTP status has no say any more. */
  read(wire: z.output<S>): R
}

/** Pure. An answer that is neither the documented resource nor a documented problem is unknown. */
export function buildOutcome<S extends z.ZodType, R>(answer: Answer, reader: Reader<S, R>): R | Undecided {
  if (answer.kind === 'unknown') return answer
  if (answer.status < 200 || answer.status >= 300) return buildProblemOutcome(answer, reader.asked)
  const resource = reader.schema.safeParse(answer.body)
  return resource.success ? reader.read(resource.data) : unknown('answer_malformed')
}

/** undefined unless the answer is a problem of the documented form. */
export function findProblem(answer: Answer): Problem | undefined {
  if (answer.kind === 'unknown' || answer.status < 400) return undefined
  const problem = problemSchema.safeParse(answer.body)
  return problem.success ? { ...problem.data, status: answer.status } : undefined
}

export function unknown(code: string): { readonly kind: 'unknown'; readonly code: string } {
  return { kind: 'unknown', code }
}

function buildProblemOutcome(answer: Answer, asked: Asked): Undecided {
  const problem = findProblem(answer)
  return problem === undefined ? unknown('answer_malformed') : buildRefusal(problem, asked)
}
