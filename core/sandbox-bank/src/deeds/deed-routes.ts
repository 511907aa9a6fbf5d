import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { findLink } from '../customers/links.store.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from '../routes/define-route.ts'
import { clientRef, idParams } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { Problem } from '../transport/problem.ts'
import { commitDeedChange } from './change-deed.ts'
import type { DeedKind } from './deed-kind.ts'
import { buildDeedSchema, renderDeed } from './deed-resource.ts'
import { findDeed, findDeedByRef, listDeedsOfLink, type Deed } from './deeds.store.ts'

/** Reading a deed by either name, and every action it has. */
export function buildDeedRoutes(bank: Bank, kind: DeedKind): Route[] {
  return [buildGet(bank, kind), buildList(bank, kind), ...buildActionRoutes(bank, kind)]
}

export function buildActionRoutes(bank: Bank, kind: DeedKind): Route[] {
  return Object.keys(kind.actions).map((name) => buildAction(bank, kind, name))
}

/** Throws the Problem that the caller is told. */
export function getDeed(bank: Bank, kind: DeedKind, which: { clientId: string; id: string }): Deed {
  const deed = findDeed(bank, { ...which, kind: kind.thing })
  if (!deed) throw new Problem('not_found', `There is no ${kind.thing.replaceAll('_', ' ')} with this id.`)
  return deed
}

export function buildGet(bank: Bank, kind: DeedKind): Route {
  return defineReading({
    method: 'GET',
    url: `${kind.url}/:id`,
    id: `get${kind.name}`,
    summary: 'It, as it is now.',
    params: idParams,
    answers: { 200: buildDeedSchema(kind) },
    problems: ['not_found'],
    run: ({ client, params }) => buildAnswer(bank, kind, getDeed(bank, kind, { clientId: client.id, id: params.id })),
  })
}

export function buildList(bank: Bank, kind: DeedKind): Route {
  return defineReading({
    method: 'GET',
    url: kind.url,
    id: `list${kind.name}s`,
    summary: "The one with the caller's reference, or those of a link, newest first.",
    query: Type.Object({ clientRef: Type.Optional(clientRef), link: Type.Optional(Type.String(linkLength)) }),
    answers: { 200: Type.Object({ items: Type.Array(buildDeedSchema(kind)) }) },
    problems: ['malformed', 'not_found'],
    run: ({ client, query }) => {
      const deeds = findAsked(bank, kind, { clientId: client.id, ...query })
      return { status: 200, body: { items: deeds.map((deed) => renderDeed(bank, kind, deed)) } }
    },
  })
}

const linkLength = { minLength: 1, maxLength: 64 }
const mostOfLink = 50

interface Asked {
  readonly clientId: string
  readonly clientRef?: string
  readonly link?: string
}

function findAsked(bank: Bank, kind: DeedKind, { clientId, clientRef: ref, link: linkId }: Asked): readonly Deed[] {
  if (ref !== undefined) {
    const deed = findDeedByRef(bank, { clientId, kind: kind.thing, clientRef: ref })
    if (deed) return [deed]
    throw new Problem('not_found', 'There is nothing with this clientRef.')
  }
  if (linkId === undefined) throw new Problem('malformed', 'Name a clientRef or a link.')
  const link = findLink(bank, clientId, linkId)
  if (!link) throw new Problem('not_found', 'There is no link with this id.')
  return kind.listOf?.(bank, link) ?? listDeedsOfLink(bank, { linkId, kind: kind.thing, limit: mostOfLink })
}

function buildAction(bank: Bank, kind: DeedKind, name: string): Route {
  const action = kind.actions[name]
  if (!action) throw new Error('an action is looked up by its name')
  return defineActing({
    url: `${kind.url}/:id/${name}`,
    id: `${name}${kind.name}`,
    summary: action.summary,
    params: idParams,
    body: action.body,
    answers: { 200: buildDeedSchema(kind) },
    problems: ['not_found', ...action.problems],
    run: ({ client, key, params, body }) => {
      const after = commitOnce(bank, { key, status: 200 }, () => {
        const deed = getDeed(bank, kind, { clientId: client.id, id: params.id })
        return commitDeedChange(bank, kind, { deed, change: action.run(bank, deed, body) })
      })
      return buildAnswer(bank, kind, after)
    },
    replay: (client, id) => buildAnswer(bank, kind, getDeed(bank, kind, { clientId: client.id, id })),
  })
}

function buildAnswer(bank: Bank, kind: DeedKind, deed: Deed): Answer {
  return buildResourceAnswer(200, renderDeed(bank, kind, deed))
}

/** What an action throws where the state does not allow it. */
export function buildStateProblem(kind: string, deed: Deed, outcome: 'none' | 'done' = 'none'): Problem {
  return new Problem('state_conflict', { detail: `The ${kind} is ${deed.state}: it is too late for this.`, outcome })
}
