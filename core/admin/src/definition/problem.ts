import type { z } from 'zod'
import type { Said } from '@inthread/sdk/fault'
import { sayIssue, sayUnknownField } from '../saying/say-issue.ts'

/** What is wrong in a definition, where, and what would be right. */
export interface Problem extends Said {
  /** A JSON path: `$.operators[0].appKey`. */
  readonly path: string
}

export function pathOf(...parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`
    const name = String(part)
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
  }, '$')
}

/** Every issue of a failed parse, each at its own place. A union's issues are those of the branch that came closest. */
export function listIssues(error: z.ZodError, ...at: readonly PropertyKey[]): Problem[] {
  return error.issues.flatMap((issue) => listIssue(issue, at))
}

function listIssue(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): Problem[] {
  const path = [...at, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathOf(...path, key), ...sayUnknownField() }))
  }
  if (issue.code === 'invalid_union') {
    const [closest] = [...issue.errors].sort((left, right) => left.length - right.length)
    if (closest && closest.length > 0) return closest.flatMap((inner) => listIssue(inner, path))
  }
  return [{ path: pathOf(...path), ...sayIssue(issue) }]
}
