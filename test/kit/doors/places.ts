import { own, ownAccount } from '../isolation/neighbours.ts'
import { getAt, listTexts, putAt } from '../isolation/inputs.ts'
import { actionSamples, noticeSamples, pushSamples } from './samples.ts'
import type { DoorWorld, Headers, Knock } from './world.ts'

/** Where in a request a name may stand, and the request with that name there: as the own tenant would send it. */
export interface Place {
  readonly at: string
  /** What stands there usually; the own tenant's id when left out. */
  readonly usual?: string
  /** What it leads to takes longer than the answer. */
  readonly dear?: boolean
  /** Tried once after the other, as attempts are counted. */
  readonly alone?: boolean
  /** Why the id of another tenant itself makes a difference there. */
  readonly tells?: string
  build(name: string): Knock
}

type Places = (world: DoorWorld) => readonly Place[]

/** A route for which there is nothing to try, and why. */
export interface Excepted {
  readonly because: string
}

const part = encodeURIComponent
const json = { 'content-type': 'application/json' }
/** See `034-what-a-door-tells.md`. */
const addressed = 'a door that is there answers 403 to a stranger, and one that is not 404'
const published = 'public keys are there for everybody, and are called by the client they belong to'

const account = `/in/${own}.ct`
const [[pushPath, push] = ['', {}]] = pushSamples
const [notice = {}] = noticeSamples

/** Every route of the platform's servers; one that is not here fails the test that compares both. */
export const places: Readonly<Record<string, Places | Excepted>> = {
  'platform ALL /in/:binding/*': listAtOperators,
  'platform POST /bank/:connection/events': listAtBanks,
  'platform GET /bank/:connection/jwks.json': () => [
    asking('the connection', (name) => `/bank/${part(name)}/jwks.json`),
    { ...asking('its tenant', (name) => `/bank/${part(name)}.main/jwks.json`), tells: published },
    asking('its bank', (name) => `/bank/${own}.${part(name)}/jwks.json`),
  ],
  'platform ALL /trpc/:path': ({ key }) => {
    const authorization = `Bearer ${key}`
    return [
      {
        at: 'the key',
        build: (name) => ({ method: 'GET', path: '/trpc/keys.me', headers: { authorization: `Bearer ${name}` } }),
      },
      asking('the procedure', (name) => `/trpc/${part(name)}`, { authorization }),
      asking('the query', (name) => `/trpc/tenants.list?tenant=${part(name)}&input=%7B%7D`, { authorization }),
    ]
  },
  'platform POST /auth/:action': listAtSignIn,
  'platform GET /auth/callback/bank': (world) =>
    ['code', 'state', 'iss', 'error'].map((field) => ({
      at: field,
      build: (name) => ({
        ...{ method: 'GET', path: `/auth/callback/bank?${field}=${part(name)}` },
        headers: world.signPage(),
      }),
    })),
  'platform POST /sandbox/clock': () =>
    inBodies({ advance: 'PT0S' }, (body) => ({ path: '/sandbox/clock', headers: json, body })),
  'platform GET /console/*': () => [asking('the file', (name) => `/console/assets/${part(name)}`)],
  'platform GET /console': () => [asking('the query', (name) => `/console?tenant=${part(name)}`)],
  ...listOpen('platform', ['/healthz', '/readyz', '/openapi.json', '/.well-known/jwks.json']),
  ...listOpen('internal', ['/healthz', '/readyz']),
  'internal GET /metrics': {
    because: 'it takes nothing, and its numbers move: that they name nobody has its own test',
  },
}

function listAtOperators(world: DoorWorld): readonly Place[] {
  const knock = (path: string, body: string = JSON.stringify(push)): Knock => {
    return { path, headers: { ...world.signPush(), ...json }, body }
  }
  return [
    { at: 'the account', build: (name) => knock(`/in/${part(name)}/${pushPath}`) },
    { at: 'its tenant', tells: addressed, build: (name) => knock(`/in/${part(name)}.ct/${pushPath}`) },
    { at: 'its operator', build: (name) => knock(`/in/${own}.${part(name)}/${pushPath}`) },
    { at: 'the chatbot', build: (name) => knock(`${account}/messageNotification/${part(name)}/messages`) },
    { at: 'the area', build: (name) => knock(`${account}/${part(name)}/${part(ownAccount.chatbotId)}/messages`) },
    { at: 'the query', build: (name) => knock(`${account}/${pushPath}?tenant=${part(name)}`, '{}') },
    {
      at: 'the nonce',
      build: (name) => ({ path: `${account}/${pushPath}`, headers: { ...world.signPush(name), ...json }, body: '{}' }),
    },
    {
      at: 'the check of the address',
      build: (name) => ({
        ...{ method: 'GET', path: `${account}/notifyPath` },
        headers: { ...world.signPush(), chatbotId: name },
      }),
    },
    ...pushSamples.flatMap(([path, body]) =>
      inBodies(body, (text) => knock(`${account}/${path}`, text)).map((place) => ({
        ...place,
        dear: path === pushPath,
      })),
    ),
  ]
}

function listAtBanks(world: DoorWorld): readonly Place[] {
  const knock = (path: string, body: string = JSON.stringify(notice), id?: string): Knock => {
    return { path, headers: world.signNotice(body, id), body }
  }
  const events = `/bank/${own}.second/events`
  return [
    { at: 'the connection', build: (name) => knock(`/bank/${part(name)}/events`) },
    { at: 'its tenant', tells: addressed, build: (name) => knock(`/bank/${part(name)}.main/events`) },
    { at: 'its bank', build: (name) => knock(`/bank/${own}.${part(name)}/events`) },
    { at: 'the id of the notice', build: (name) => knock(events, undefined, name) },
    ...noticeSamples.flatMap((body) =>
      inBodies(body, (text) => knock(events, text)).map((place) => ({ ...place, dear: true })),
    ),
  ]
}

/** What somebody may guess at, who hears soon that it was too often. */
const counted: ReadonlySet<string> = new Set(['sign-in', 'step-up', 'password', 'factor-start', 'factor-confirm'])
const guessing = { dear: true, alone: true }

function listAtSignIn(world: DoorWorld): readonly Place[] {
  return [
    { at: 'the action', build: (name) => ({ path: `/auth/${part(name)}`, headers: world.signPage(), body: '{}' }) },
    ...Object.entries(actionSamples).flatMap(([action, body]) =>
      inBodies(body, (text) => {
        const { cookie = '', ...page } = world.signPage()
        // Whoever signs out is not there for the next question, and a code is asked of who is not there yet.
        const who = action === 'sign-out' || action === 'second-factor' ? {} : { cookie }
        return { path: `/auth/${action}`, headers: { ...page, ...who, ...json }, body: text }
      }).map((place) => ({ ...place, at: `${action}: ${place.at}`, ...(counted.has(action) ? guessing : {}) })),
    ),
  ]
}

/** What everybody may read, and of which nothing can be asked. */
function listOpen(server: 'platform' | 'internal', paths: readonly string[]): Readonly<Record<string, Places>> {
  const list = (path: string) => (): readonly Place[] =>
    [
      asking('the query', (name) => `${path}?tenant=${part(name)}`),
      { at: 'a header', build: (name: string) => ({ method: 'GET', path, headers: { 'x-tenant': name } }) },
    ].map(({ at, build }) => ({
      ...{ at, dear: true, ...(path.endsWith('/jwks.json') ? { tells: published } : {}) },
      build: (name) => ({ ...build(name), server }),
    }))
  return Object.fromEntries(paths.map((path) => [`${server} GET ${path}`, list(path)]))
}

function asking(at: string, path: (name: string) => string, headers: Headers = {}): Place {
  return { at, build: (name) => ({ method: 'GET', path: path(name), headers }) }
}

/** In every text of a body. */
function inBodies(body: object, knock: (body: string) => Knock): readonly Place[] {
  return listTexts(body, []).map((path) => ({
    ...{ at: path.join('.'), usual: String(getAt(body, path)) },
    build: (name) => knock(JSON.stringify(putAt(body, path, name))),
  }))
}
