import { type Exception, exceptions } from './exceptions.ts'

export interface Problem {
  /** `family/rule`; exceptions name it. */
  readonly rule: string
  readonly path: string
  readonly line?: number
  /** What is wrong and what to write instead. */
  readonly text: string
  /** What was measured, where the rule is a limit. */
  readonly value?: number
}

/** Throws with every problem in one message. The named exceptions of the family are taken off, and must be needed. */
export function assertTidy(family: string, problems: readonly Problem[]): void {
  const listed = exceptions.filter((exception) => exception.rule.startsWith(`${family}/`))
  const left = applyExceptions(problems, listed)
  if (left.length > 0) throw new Error(renderProblems(left))
}

export function applyExceptions(problems: readonly Problem[], listed: readonly Exception[]): Problem[] {
  const excused = new Set(listed.flatMap((exception) => listExcused(problems, exception)))
  const stale = listed.filter((exception) => !problems.some((problem) => concerns(exception, problem)))
  return [...problems.filter((problem) => !excused.has(problem)), ...stale.map(buildStale)]
}

/** A measured rule excuses up to the stated measure, any other rule up to the stated number of places. */
function listExcused(problems: readonly Problem[], exception: Exception): Problem[] {
  const concerned = problems.filter((problem) => concerns(exception, problem))
  const measured = concerned.filter((problem) => problem.value !== undefined)
  const counted = concerned.filter((problem) => problem.value === undefined)
  const withinMeasure = measured.filter((problem) => (problem.value ?? 0) <= exception.allowed)
  return counted.length <= exception.allowed ? [...withinMeasure, ...counted] : withinMeasure
}

function concerns(exception: Exception, problem: Problem): boolean {
  return exception.rule === problem.rule && exception.path === problem.path
}

function buildStale(exception: Exception): Problem {
  const text = `the exception ${exception.rule} for ${exception.path} is no longer needed: remove it`
  return { rule: exception.rule, path: 'test/tidy/exceptions.ts', text }
}

export function renderProblems(problems: readonly Problem[]): string {
  const lines = problems.map(({ path, line, text }) => `  ${path}${line === undefined ? '' : `:${line}`}  ${text}`)
  return [`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`, ...lines].join('\n')
}
