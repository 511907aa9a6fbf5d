import type { Bank } from '../app/bank.ts'
import { codeOfError } from '../app/start-error.ts'
import { Problem } from './problem.ts'

const bodyLimitKb = 64

/** What the caller is told about anything that was thrown. An error of our own says nothing but that it is ours. */
export function buildProblemOf(bank: Bank, error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = codeOfError(error)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('too_large', `A body may have ${bodyLimitKb} kB at most: send less.`)
  }
  if (/^FST_ERR_(BAD_URL|MAX_PARAM_LENGTH|CTP_|VALIDATION)/.test(code)) {
    return new Problem('malformed', 'The address or the body cannot be read: check that they are encoded rightly.')
  }
  bank.log('error', 'a request failed', { error: renderPlace(error) })
  const detail =
    'Something went wrong in the bank: ask for the state of your reference, or send the same request again.'
  return new Problem('internal', detail)
}

/** Name and place of an error. Its message is left out, because it may hold what the request held. */
function renderPlace(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const place = /\(?([^\s()]+:\d+:\d+)\)?/.exec(
    error.stack?.split('\n').find((line) => line.trim().startsWith('at ')) ?? '',
  )
  return `${error.name} at ${place?.[1]?.split('/').slice(-2).join('/') ?? 'unknown'}`
}
