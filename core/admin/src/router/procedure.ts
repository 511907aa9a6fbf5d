import { initTRPC, TRPCError } from '@trpc/server'
import { isFault, type Said } from '@inthread/sdk/fault'
import { assertFactor, isGrave } from '../access/assert-factor.ts'
import { mayDo, mayTouch } from '../access/access.ts'
import { listTenantsNamed } from '../access/list-tenants-named.ts'
import type { Permission } from '../access/permissions.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import { Refusal } from './refusal.ts'
import type { AdminPorts } from '../ports.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'

export interface AdminContext {
  /** Undefined when the call came without a key, or with one that nobody let in. */
  readonly holder: KeyHolder | undefined
  /** A page of another origin has sent a cookie along. */
  readonly foreign?: boolean | undefined
  readonly ports: AdminPorts
  /** Who it is by now, without that counting as a sign of life: asked again and again while a stream is open. */
  readonly recall?: (() => Promise<KeyHolder | undefined>) | undefined
  /** Names this call in answers and logs. */
  readonly reference: string
}

const sentences: Readonly<Partial<Record<TRPCError['code'], Said>>> = {
  INTERNAL_SERVER_ERROR: say('call.failed'),
  BAD_REQUEST: say('call.bad_input'),
  NOT_FOUND: say('call.no_procedure'),
  METHOD_NOT_SUPPORTED: say('call.method'),
  UNSUPPORTED_MEDIA_TYPE: say('call.media_type'),
}

/**
 * What an error says to a client: a stable code and a reference; never a message that may carry values, never a stack.
 */
const t = initTRPC
  .context<AdminContext>()
  .meta<{ readonly permission: Permission }>()
  .create({
    isDev: false,
    // A proxy closes what is silent for a minute; a client that hears nothing for three of these comes again.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
    errorFormatter: ({ shape, error, ctx }) => {
      const { message, code, facts } = error instanceof Refusal ? error.said : sayFor(error.code)
      const fault = isFault(error.cause) ? error.cause.code : null
      const more = { fault, reference: ctx?.reference ?? null, said: { code, facts } }
      return { ...shape, message, data: describeError(shape.data, more) }
    },
  })

/** What a client may act on. */
export interface ErrorData {
  readonly code: string
  readonly httpStatus: number
  /** Of our catalogue, where it was one of ours. */
  readonly fault: string | null
  /** Names this call in the platform's log. */
  readonly reference: string | null
  /** What the message says, for pages to word it anew. */
  readonly said: Pick<Said, 'code' | 'facts'>
}

function sayFor(code: TRPCError['code']): Said {
  return sentences[code] ?? say('call.refused')
}

function describeError(
  data: Pick<ErrorData, 'code' | 'httpStatus'>,
  more: Omit<ErrorData, 'code' | 'httpStatus'>,
): ErrorData {
  return { code: data.code, httpStatus: data.httpStatus, ...more }
}

export const router = t.router

/** What a call of nobody hears. */
function getHolder({ holder, foreign }: Pick<AdminContext, 'holder' | 'foreign'>): KeyHolder {
  if (holder) return holder
  throw new Refusal({
    code: 'UNAUTHORIZED',
    said: say(foreign === true ? 'call.foreign_page' : 'call.not_signed_in'),
  })
}

/** About the caller alone: whoever is known may ask, whatever their scopes leave of their role. */
export const ownProcedure = t.procedure
  .meta({ permission: 'self.read' })
  .use(({ ctx, next }) => next({ ctx: { ...ctx, holder: getHolder(ctx) } }))

/** Every procedure names the permission it takes; a call without a known key gets nowhere, and of others only there. */
export const procedure = (permission: Permission) =>
  t.procedure.meta({ permission }).use(async ({ ctx, next, getRawInput }) => {
    const holder = getHolder(ctx)
    assertMayDo(holder, permission)
    assertMayTouch(holder, permission, listTenantsNamed(await getRawInput()))
    if (isGrave(permission)) assertFactor(holder)
    return next({ ctx: { ...ctx, holder, actor: holder.actor } })
  })

/** One that is answered for as long as the client listens, and the client may: that is looked at again on the way. */
export const stream = (permission: Permission) =>
  procedure(permission).use(async ({ ctx, next, getRawInput }) => {
    const named = listTenantsNamed(await getRawInput())
    const assertStill = async (): Promise<void> => {
      const holder = getHolder({ holder: ctx.recall ? await ctx.recall() : ctx.holder })
      assertMayDo(holder, permission)
      assertMayTouch(holder, permission, named)
    }
    return next({ ctx: { ...ctx, assertStill } })
  })

function assertMayDo(holder: KeyHolder, permission: Permission): void {
  if (!mayDo(holder, permission)) throw forbidden(say('role.not_allowed', { role: holder.role }))
}

/** The same answer whether there is such a tenant or not. */
function assertMayTouch(holder: KeyHolder, permission: Permission, named: readonly string[]): void {
  if (!mayTouch(holder, permission, named)) throw notFound('tenant')
}

export function forbidden(said: Said): TRPCError {
  return new Refusal({ code: 'FORBIDDEN', said })
}

export function notFound(what: string): TRPCError {
  return new Refusal({ code: 'NOT_FOUND', said: say('missing.thing', { what }) })
}

export function conflict(said: Said): TRPCError {
  return new Refusal({ code: 'CONFLICT', said })
}
