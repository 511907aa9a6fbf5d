import { getStep, type OperationDeclaration } from '@inthread/sdk/engine'
import type { Outcome } from '../ports.ts'
import type { DraftRun } from '../fold/draft.ts'

type Caller = Pick<DraftRun, 'plugin' | 'program' | 'state'>

/**
 * What a bank's resource says to a flow: only the members that its capability declares. A resource without one of them
 * is an answer that nobody can read: unknown, where the operation routes that.
 */
export function readOutcome(run: Caller, outcome: Outcome): Outcome {
  const operation = findOperation(run)
  const schema = operation?.outcomes[outcome.name]
  if (!operation?.bank || !schema) return outcome
  const read = schema.safeParse(outcome.data)
  return read.success ? { name: outcome.name, data: read.data } : { name: 'unknown', data: {} }
}

function findOperation({ plugin, program, state }: Caller): OperationDeclaration | undefined {
  const step = getStep(program, state.step)
  if (step.kind !== 'call') return undefined
  return plugin.contract.declaration.needs[step.need]?.capability.operations[step.operation]
}
