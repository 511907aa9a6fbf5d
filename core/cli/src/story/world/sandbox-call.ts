import { z } from 'zod'
import { StoryError } from './story-world.ts'

/** One of the three that a sandbox consists of. */
export interface Party {
  readonly name: 'platform' | 'sandbox bank' | 'sandbox operator'
  readonly url: string
}

export type SandboxCall = (
  party: Party,
  request: { readonly method?: string; readonly path: string; readonly body?: unknown },
) => Promise<unknown>

const deadlineMs = 15_000

/** Calls of the sandbox controls. What went wrong is said with the other side’s own words and remedy. */
export function createSandboxCall(request: typeof fetch): SandboxCall {
  return async (party, { method = 'GET', path, body }) => {
    const answer = await request(`${party.url}${path}`, {
      method,
      signal: AbortSignal.timeout(deadlineMs),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new StoryError('environment', `The ${party.name} does not answer at ${party.url}: is it running?`, cause)
    })
    const text = await answer.text()
    if (answer.ok) return parseJson(text)
    throw new StoryError(
      'refused',
      `the ${party.name} refused ${method} ${path.split('?')[0]}: ${readReason(answer, text)}`,
    )
  }
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Operator, bank and platform each have their own way to say what is wrong. */
const refusalSchema = z.union([
  z
    .object({ error: z.object({ message: z.string(), where: z.string(), remedy: z.string() }) })
    .transform(({ error }) => `${error.message} (${error.where}): ${error.remedy}`),
  z.object({ detail: z.string(), code: z.string() }).transform(({ detail, code }) => `${detail} (${code})`),
  z.object({ problem: z.string() }).transform(({ problem }) => problem),
])

function readReason(answer: Response, text: string): string {
  const parsed = refusalSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  return answer.status === 404 ? 'it has no such control; is this a sandbox?' : `status ${answer.status}`
}
