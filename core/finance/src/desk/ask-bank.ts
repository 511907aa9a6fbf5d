import type { BankConnection, BankOutcome, BankResource } from '@inthread/sdk/bank'
import { readWire, writeWire, type WireJson } from '@inthread/sdk/capabilities'
import type { BankRoute, EffectClass } from '@inthread/sdk/capability'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import { appendAudit, deriveId, type Transaction } from '@inthread/store'
import { fillPath } from '../orders/route.ts'
import { readFailure } from '../orders/routed.ts'
import type { FinancePorts } from '../ports.ts'
import { recordAnswered } from '../products/asked-product.store.ts'
import type { NewProduct } from '../products/product.store.ts'
import { judgeCredit } from '../quotes/judge-credit.ts'
import { buildQuoteFacts } from '../quotes/quote-facts.ts'
import { commitQuote } from '../quotes/quote.store.ts'
import type { DeskAnswer, DeskEffect } from './effect.ts'

/** A call whose capability says how the bank carries it out. */
export interface Routed {
  readonly bankId: string
  readonly capability: string
  readonly effectClass: EffectClass
  readonly route: BankRoute
  readonly input: unknown
  readonly locale: string
  readonly subscriberId: string
}

export interface Asking extends Routed {
  readonly effect: DeskEffect
  readonly link: string | undefined
  /** Where it will live on at the bank. */
  readonly product?: AskedProduct
}

export interface AskedProduct {
  /** Our reference, under which the bank knows it. */
  readonly ref: string
  /** Whether it is one thing for each user, with one reference for every asking. */
  readonly once: boolean
  /** Whether another run has asked for it. */
  readonly again: boolean
}

export interface AskAnswer extends DeskAnswer {
  /** Whether the bank has answered with the resource itself, and not with a refusal or nothing. */
  readonly answered: boolean
}

/** Whatever is done, is done for one customer; what may be read by anybody names no link in its path. */
export function needsLink({ method, path }: BankRoute): boolean {
  return method === 'POST' || method === 'PATCH' || path.includes('{link}')
}

/** Asks the bank and says what its answer means to whoever called; what it learned is recorded later. */
export async function runAsk(asking: Asking, bank: BankConnection, ports: FinancePorts): Promise<AskAnswer> {
  const { route, effect } = asking
  const answer = await bank.ask(buildAsk(asking))
  if (answer.kind === 'unknown') return { ...unknown, record: nothing }
  if (answer.kind === 'not_found') return refuse(route, { code: 'not_found', reason: 'declined' })
  if (answer.kind === 'refused') return refuse(route, answer)
  const resource = answer.value
  for (const shown of [resource, ...listQuotes(resource, asking.effectClass)]) {
    const credit = judgeCredit(shown)
    if (credit.kind === 'wrong') return distrust(asking, credit.path, ports)
  }
  const state = typeof resource['state'] === 'string' ? resource['state'] : ''
  const again = asking.product?.again ? route.once?.again?.[state] : undefined
  const name = again ?? route.states?.[state] ?? route.otherwise
  if (name === undefined) throw new Fault('order.operation_unknown', { data: { operation: effect.operation } })
  const record = (tx: Transaction): Promise<void> => recordResource(tx, { asking, resource, ports })
  // Whoever hears of a refusal hears its class and nothing of the resource.
  const data = name === 'declined' ? { reason: readFailure(resource).reason } : buildData(resource, asking)
  return { outcome: { name, data }, again: false, answered: true, record }
}

function buildAsk({ effect, route, input, link, product }: Asking): Parameters<BankConnection['ask']>[0] {
  const wire = (writeWire(input) ?? {}) as { readonly [member: string]: WireJson | undefined }
  // A dialogue names its own order, which is nothing to the bank; a scene has none, and its words all count.
  const { order, ...named } = wire
  const members = effect.orderId === '' && order !== undefined ? wire : named
  const { path, query, used, missing } = fillPath(route.path, { ...members, link })
  if (missing.length > 0)
    throw new Fault('order.input_refused', { data: { operation: effect.operation, field: missing.join(', ') } })
  const { method } = route
  if (method === 'GET') return { asks: 'reading', method, path, query }
  if (method === 'DELETE') return { asks: 'acting', method, path, query, key: effect.effectId }
  const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !used.has(name)))
  const clientRef = product?.ref ?? effect.effectId
  const ours = { ...(link === undefined ? {} : { link }), ...(route.product ? { clientRef } : {}) }
  const body = { ...rest, ...ours }
  // A key stands for one body, and the bank may have given the user another link since.
  const key = product?.once ? deriveId(product.ref, 'key', canonicalJson(body)) : effect.effectId
  return { asks: 'acting', method, path, query, key, body }
}

/** The resource as flows read it; of a quote also the rows that its confirm card will have, a credit's rate first. */
function buildData(resource: BankResource, { effectClass, locale }: Asking): unknown {
  const data = readWire(resource, locale)
  if (!listQuotes(resource, effectClass).includes(resource)) return data
  const { headline, facts } = buildQuoteFacts(resource, locale)
  return { ...(data as object), facts, ...(headline === undefined ? {} : { headline }) }
}

const nothing = (): Promise<void> => Promise.resolve()
const unknown = { outcome: { name: 'unknown', data: {} }, again: true, answered: false } as const

type Refusal = Omit<Extract<BankOutcome<never>, { kind: 'refused' }>, 'kind'>

function refuse({ refusals }: BankRoute, { code, reason }: Refusal): AskAnswer {
  const name = refusals?.[code] ?? 'declined'
  return { outcome: { name, data: { reason } }, again: false, answered: false, record: nothing }
}

/**
 * A schedule or a rate that our own engine does not arrive at is shown to nobody: the user is told to try later, and
 * people hear of it.
 */
function distrust({ effect, capability, bankId }: Asking, path: string, { log, ids, clock }: FinancePorts): AskAnswer {
  log.event('credit.differs', { bank: bankId, operation: effect.operation, detail: path })
  return {
    outcome: { name: 'declined', data: { reason: 'try_later' } },
    again: false,
    answered: false,
    record: (tx) =>
      appendAudit(
        tx,
        [
          {
            scope: effect.scope,
            actor: { kind: 'platform', id: 'platform' },
            action: 'credit.differs',
            object: { kind: 'bank', id: bankId },
            data: { capability, at: path },
          },
        ],
        { ids, now: clock.now() },
      ),
  }
}

interface Recording {
  readonly asking: Asking
  readonly resource: BankResource
  readonly ports: FinancePorts
}

async function recordResource(tx: Transaction, { asking, resource, ports }: Recording): Promise<void> {
  const { effect, bankId, capability, subscriberId, effectClass, route } = asking
  const { operation, scope } = effect
  const now = ports.clock.now()
  for (const quote of listQuotes(resource, effectClass))
    await commitQuote(tx, { scope, bankId, subscriberId, capability, operation, resource: quote, now }, ports.sealer)
  if (!route.product) return
  await recordAnswered(tx, buildProduct(asking, resource, now), ports)
}

/** What we know of it so far; nothing of the bank's before it has answered. */
export function buildProduct(asking: Asking, resource: BankResource, now: Instant): NewProduct {
  const { effect, bankId, capability, subscriberId, product } = asking
  return {
    tenant_id: effect.scope.tenantId,
    bank_id: bankId,
    client_ref: product?.ref ?? effect.effectId,
    bank_ref: textOf(resource['id']),
    capability,
    operation: effect.operation,
    subscriber_id: subscriberId,
    conversation_id: effect.conversationId,
    run_id: effect.runId,
    state: textOf(resource['state']),
    version: typeof resource['version'] === 'number' ? resource['version'] : 0,
    created_at: now,
  }
}

/** The answer of a quote, and every promise within a resource: each has an id, an end, and terms to agree to. */
function listQuotes(resource: BankResource, effectClass: EffectClass): readonly BankResource[] {
  const within = Object.values(resource).flatMap((member) => (Array.isArray(member) ? member : [member]))
  const quotes = within.filter((member): member is BankResource => isQuote(member))
  return effectClass === 'quote' || isQuote(resource) ? [resource, ...quotes] : quotes
}

function isQuote(wire: WireJson | undefined): wire is BankResource {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return false
  const { id, expiresAt, terms } = wire as BankResource
  return typeof id === 'string' && typeof expiresAt === 'string' && Array.isArray(terms)
}

function textOf(wire: WireJson | undefined): string {
  return typeof wire === 'string' ? wire.slice(0, 190) : ''
}
