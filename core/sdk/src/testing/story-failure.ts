import type { z } from 'zod'

/** A story that does not go as it says, in words for whoever wrote it. */
export class StoryFailure extends Error {
  override readonly name = 'StoryFailure'
}

/** Throws a {@link StoryFailure} unless it holds. */
export function assertStory(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new StoryFailure(otherwise())
}

/** Where it does not fit, and why: the first problem is enough. */
export function describeIssue(error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? []
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is not declared'
}
