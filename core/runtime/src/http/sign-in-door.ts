import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actions, finishBankSignIn, type DoorCall, type Entrance } from '@inthread/admin'
import { nothingHere, sendProblem } from './problem.ts'

export interface SignInDoorParts {
  readonly people: Entrance
  /** Whether a page of ours may have sent this. */
  readonly isOurs: (request: FastifyRequest) => boolean
  /** Whether passwords and cookies would go over a network in clear. */
  readonly inClear: boolean
}

const bodyLimit = 16 * 1024

/** Where people sign in and look after themselves: `POST /auth/<action>`. */
export async function openSignInDoor(
  scope: FastifyInstance,
  { people, isOurs, inClear }: SignInDoorParts,
): Promise<void> {
  openLanding(scope, people)
  scope.post('/:action', { bodyLimit }, async (request, answer) => {
    void answer.header('cache-control', 'no-store')
    const { action } = request.params as { readonly action: string }
    const act = Object.hasOwn(actions, action) ? actions[action] : undefined
    if (!act) return sendProblem(answer, 404, nothingHere)
    if (inClear) return answer.code(403).send(clear)
    if (!isOurs(request)) return answer.code(403).send(foreign)
    const { status, body, cookies } = await act(people, readDoorCall(request, request.body))
    if (cookies.length > 0) void answer.header('set-cookie', [...cookies])
    return answer.code(status).send(body)
  })
}

/** A browser comes back from the bank's identity provider; its state is bound to a cookie of this browser. */
function openLanding(scope: FastifyInstance, people: Entrance): void {
  scope.get('/callback/bank', async (request, answer) => {
    const given = Object.entries(request.query as Readonly<Record<string, unknown>>)
    const query = Object.fromEntries(
      given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    )
    const { location, cookies } = await finishBankSignIn(people, readDoorCall(request), query)
    void answer.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    if (cookies.length > 0) void answer.header('set-cookie', [...cookies])
    return answer.redirect(location, 303)
  })
}

const foreign = { code: 'foreign_page', problem: 'this was sent by a page of another origin: open the console itself' }

const clear = {
  code: 'not_https',
  problem: 'people sign in over HTTPS alone: give the platform an https INTHREAD_PUBLIC_URL',
}

/** A machine's own addresses, and sandboxes, go without. */
export function isInClear(publicUrl: string, sandbox: boolean): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol !== 'https:' && !sandbox && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

export function readDoorCall({ headers, ip }: FastifyRequest, body?: unknown): DoorCall {
  return { cookie: headers.cookie, ip, userAgent: headers['user-agent'] ?? '', body }
}

/**
 * Cookies come along whoever sends a request, so what changes something has to name where it comes from. Browsers write
 * this header and no page can; a sandbox answers to all names of its machine.
 */
export function createOriginCheck(publicUrl: string, sandbox: boolean): (request: FastifyRequest) => boolean {
  const { origin, port, protocol } = new URL(publicUrl)
  const known = new Set([origin])
  if (sandbox) for (const name of ['localhost', '127.0.0.1']) known.add(new URL(`${protocol}//${name}:${port}`).origin)
  return ({ headers }) => headers.origin !== undefined && known.has(headers.origin)
}
