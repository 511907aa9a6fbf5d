import { Type, type Static, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { findLink } from '../customers/links.store.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from '../routes/define-route.ts'
import { clientRef } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem, type ProblemCode } from '../transport/problem.ts'
import { commitDeed } from './change-deed.ts'
import type { Beginning, DeedKind } from './deed-kind.ts'
import { buildDeedSchema, renderDeed } from './deed-resource.ts'
import { buildGet, buildActionRoutes, getDeed } from './deed-routes.ts'
import { findDeedByRef, listDeedsOfLink, type Deed } from './deeds.store.ts'
import { assertNewRef } from './submit-deed.ts'

/** Who begins something that needs no confirmation of its own, and when. */
export interface OpeningDesk {
  readonly bank: Bank
  readonly client: Client
  readonly link: CustomerLink
  /** The id it will have. */
  readonly id: string
  readonly now: number
}

interface OpeningSpec<B extends TObject> {
  readonly kind: DeedKind
  readonly summary: string
  /** Beside `link` and `clientRef`. */
  readonly body: B
  readonly problems: readonly ProblemCode[]
  /** In the running transaction; throws a Problem to leave nothing behind. */
  readonly open: (desk: OpeningDesk, body: Static<B>) => Omit<Beginning<unknown>, 'refusal'> & { amountMinor?: bigint }
}

/** An opening with the type of its body forgotten. */
interface Opening extends Omit<OpeningSpec<TObject>, 'open'> {
  readonly open: (desk: OpeningDesk, body: unknown) => ReturnType<OpeningSpec<TObject>['open']>
}

/** POST, GET by id, GET by reference or link, and every action. The server has checked the body against its schema. */
export function buildOpenedRoutes<B extends TObject>(bank: Bank, spec: OpeningSpec<B>): Route[] {
  const opening: Opening = { ...spec, open: (desk, body) => spec.open(desk, body as Static<B>) }
  return [buildOpening(bank, opening), ...buildKeptRoutes(bank, spec.kind)]
}

/** All but the POST: for what the bank itself begins. */
export function buildKeptRoutes(bank: Bank, kind: DeedKind): Route[] {
  return [buildGet(bank, kind), buildFinder(bank, kind), ...buildActionRoutes(bank, kind)]
}

function buildOpening(bank: Bank, opening: Opening): Route {
  const { kind, summary, problems } = opening
  const answer = (deed: Deed): Answer => buildResourceAnswer(201, renderDeed(bank, kind, deed))
  const named = { link: Type.String({ minLength: 1, maxLength: 64 }), clientRef }
  return defineActing({
    url: kind.url,
    id: `create${kind.name}`,
    summary,
    body: Type.Object({ ...named, ...opening.body.properties }),
    answers: { 201: buildDeedSchema(kind) },
    problems: ['not_found', 'state_conflict', ...problems],
    run: ({ client, key, body }) => answer(commitOpening(bank, opening, { client, key, body: body as OpeningBody })),
    replay: (client, id) => answer(getDeed(bank, kind, { clientId: client.id, id })),
  })
}

interface OpeningBody {
  readonly link: string
  readonly clientRef: string
}

interface Asking {
  readonly client: Client
  readonly key: IdempotencyKey
  readonly body: OpeningBody
}

function commitOpening(bank: Bank, { kind, open }: Opening, { client, key, body }: Asking): Deed {
  return commitOnce(bank, { key, status: 201 }, () => {
    const link = getLinked(bank, client.id, body.link)
    assertNewRef(bank, kind, { clientId: client.id, clientRef: body.clientRef })
    const now = bank.clock.now()
    const id = bank.vault.idOf(kind.prefix, client.id, body.clientRef)
    const beginning = open({ bank, client, link, id, now }, body)
    return commitDeed(bank, kind, {
      ...{ id, clientId: client.id, clientRef: body.clientRef, linkId: link.id, customerId: link.customerId },
      ...{ ...beginning, createdAt: now },
    })
  })
}

const shown = 200

/** By the caller's reference, or all of a link, newest first. */
function buildFinder(bank: Bank, kind: DeedKind): Route {
  return defineReading({
    method: 'GET',
    url: kind.url,
    id: `list${kind.name}s`,
    summary: "The one with the caller's reference, or those of a link, newest first.",
    query: Type.Object({
      clientRef: Type.Optional(clientRef),
      link: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    }),
    answers: { 200: Type.Object({ items: Type.Array(buildDeedSchema(kind)) }) },
    problems: ['malformed', 'not_found'],
    run: ({ client, query }) => {
      const items = listFound(bank, kind, { ...query, clientId: client.id })
      return { status: 200, body: { items: items.map((deed) => renderDeed(bank, kind, deed)) } }
    },
  })
}

interface Search {
  readonly clientId: string
  readonly clientRef?: string
  readonly link?: string
}

function listFound(bank: Bank, kind: DeedKind, { clientId, clientRef: ref, link }: Search): Deed[] {
  if (link !== undefined) {
    if (!findLink(bank, clientId, link)) throw new Problem('not_found', 'There is no link with this id.')
    return listDeedsOfLink(bank, { linkId: link, kind: kind.thing, limit: shown })
  }
  if (ref === undefined) throw new Problem('malformed', 'Name a clientRef or a link.')
  const deed = findDeedByRef(bank, { clientId, kind: kind.thing, clientRef: ref })
  if (!deed) throw new Problem('not_found', 'There is nothing with this clientRef.')
  return [deed]
}
