import { initTRPC, TRPCError } from '@trpc/server'
import { isFault } from '@inthread/sdk/fault'
import type { Actor } from '@inthread/store'
import type { AdminPorts } from '../ports.ts'

export interface AdminContext {
  /** Undefined when the call came without a key, or with one that nobody let in. */
  readonly actor: Actor | undefined
  readonly ports: AdminPorts
  /** Names this call in answers and logs. */
  readonly reference: string
}

/** What we refuse ourselves, in words of ours. The messages of tRPC and of parsers quote what came in. */
class Refusal extends TRPCError {}

const words: Readonly<Partial<Record<TRPCError['code'], string>>> = {
  INTERNAL_SERVER_ERROR: 'something went wrong on our side',
  BAD_REQUEST: 'the input is not what this procedure takes',
  NOT_FOUND: 'there is no such procedure',
  METHOD_NOT_SUPPORTED: 'queries are asked with GET, mutations with POST',
  UNSUPPORTED_MEDIA_TYPE: 'send JSON',
}

/**
 * What an error says to a client: a stable code and a reference; never a message that may carry values, never a stack.
 */
const t = initTRPC
  .context<AdminContext>()
  .meta<{ readonly permission: Permission }>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      message: error instanceof Refusal ? error.message : (words[error.code] ?? 'this call is refused'),
      data: describeError(shape.data, {
        fault: isFault(error.cause) ? error.cause.code : null,
        reference: ctx?.reference ?? null,
      }),
    }),
  })

/** What a client may act on. */
export interface ErrorData {
  readonly code: string
  readonly httpStatus: number
  /** Of our catalogue, where it was one of ours. */
  readonly fault: string | null
  /** Names this call in the platform's log. */
  readonly reference: string | null
}

function describeError(
  data: Pick<ErrorData, 'code' | 'httpStatus'>,
  more: Pick<ErrorData, 'fault' | 'reference'>,
): ErrorData {
  return { code: data.code, httpStatus: data.httpStatus, ...more }
}

export const router = t.router

/** Every procedure names the permission it takes; a call without a known key gets nowhere. */
export const procedure = (permission: Permission) =>
  t.procedure.meta({ permission }).use(({ ctx, next }) => {
    if (!ctx.actor)
      throw new Refusal({
        code: 'UNAUTHORIZED',
        message: 'send "authorization: Bearer <key>" with a key of this platform',
      })
    return next({ ctx: { ...ctx, actor: ctx.actor } })
  })

export type Permission = 'tenant.write' | 'tenant.read' | 'conversation.read' | 'order.read' | 'health.read'

export function notFound(what: string): TRPCError {
  return new Refusal({ code: 'NOT_FOUND', message: `there is no such ${what}` })
}
