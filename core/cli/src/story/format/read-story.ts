import { z } from 'zod'
import { storySchema, type Story } from './story-schema.ts'

/** What is wrong in a story, and where: a JSON path like `$.turns[2].tap`. */
export interface StoryProblem {
  readonly path: string
  readonly message: string
}

/** Reads a story; everything that is wrong is named, not just the first thing. */
export function readStory(text: string): { readonly story: Story } | { readonly problems: readonly StoryProblem[] } {
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (error) {
    return { problems: [{ path: '$', message: `is not JSON: ${error instanceof Error ? error.message : 'broken'}` }] }
  }
  const parsed = storySchema.safeParse(input, { reportInput: true })
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => listProblems(issue, [])) }
  return { story: parsed.data }
}

type Issue = z.core.$ZodIssue

function listProblems(issue: Issue, before: readonly PropertyKey[]): StoryProblem[] {
  const at = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathOf([...at, key]), message: 'there is no member of this name' }))
  if (issue.code === 'invalid_union') return listUnionProblems(issue, at)
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return [{ path: pathOf(at), message: `is missing: ${issue.expected}` }]
  return [{ path: pathOf(at), message: issue.message }]
}

/** Of several forms the one is meant that has the right type; whoever wrote something else is told of all of them. */
function listUnionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  at: readonly PropertyKey[],
): StoryProblem[] {
  const isOtherType = (inner: Issue): boolean => inner.path.length === 0 && inner.code === 'invalid_type'
  const meant = issue.errors.find((branch) => !branch.some(isOtherType))
  if (meant && issue.message === 'Invalid input') return meant.flatMap((inner) => listProblems(inner, at))
  const forms = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : []))
  const message = forms.length > 0 ? `takes ${[...new Set(forms)].join(' or ')}` : '"bank" or "operator"'
  return [{ path: pathOf(at), message: issue.message === 'Invalid input' ? message : issue.message }]
}

function pathOf(path: readonly PropertyKey[]): string {
  const dotted = z.core.toDotPath(path)
  return dotted === '' || dotted.startsWith('[') ? `$${dotted}` : `$.${dotted}`
}
