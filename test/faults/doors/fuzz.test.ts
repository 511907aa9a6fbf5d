import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hostileBodies,
  hostileBytes,
  hostileHeaders,
  hostileParts,
  hostileQueries,
  hostileTypes,
  mark,
  spoilEach,
} from '../../kit/doors/hostile.ts'
import { places } from '../../kit/doors/places.ts'
import { sayRaw } from '../../kit/doors/say-raw.ts'
import { actionSamples, noticeSamples, pushSamples } from '../../kit/doors/samples.ts'
import { openDoorWorld, type Answer, type DoorWorld, type Knock } from '../../kit/doors/world.ts'
import { own, theirNumber, untilStill } from '../../kit/isolation/neighbours.ts'
import { buyTicket } from '../../kit/purchase.ts'
import { openPageCache } from '../../browser/results-folder.ts'
import { describeOnDrawnDatabase } from '../../kit/requirements.ts'

const together = 16
const json = { 'content-type': 'application/json' }
const tooLarge = Buffer.alloc(17 * 1024 * 1024, mark)

describeOnDrawnDatabase('whatever is sent to the doors', (open) => {
  let world: DoorWorld
  const heard: (Answer & { readonly to: string })[] = []
  beforeAll(async () => {
    world = await openDoorWorld(await open(), openPageCache())
  }, 240_000)
  afterAll(() => world.stop())

  /** None breaks anything, and each refusal says what is amiss and what to do about it. */
  async function knockEach(knocks: readonly Knock[]): Promise<void> {
    for (let at = 0; at < knocks.length; at += together) {
      const part = knocks.slice(at, at + together)
      const answers = await Promise.all(part.map((knock) => world.knock(knock)))
      for (const [nth, answer] of answers.entries()) {
        const { method = 'POST', path = '' } = part[nth] ?? {}
        heard.push({ ...answer, to: `${method} ${path}` })
      }
    }
  }

  /** As the address of a route that can be asked, with this in place of what differs. */
  const fill = (pattern: string, part: string): string => pattern.replace(/:\w+|\*/g, part)
  const routes = Object.keys(places).map((route) => {
    const [server = '', methods = '', pattern = ''] = route.split(' ')
    const method = methods === 'ALL' ? 'POST' : methods
    return { server: server as 'platform' | 'internal', method, pattern }
  })
  const good = (pattern: string): string =>
    ({
      '/in/:binding/*': `/in/${own}.ct/${pushSamples[0]?.[0] ?? ''}`,
      '/bank/:connection/events': `/bank/${own}.second/events`,
      '/trpc/:path': '/trpc/tenants.apply',
      '/auth/:action': '/auth/sign-in',
    })[pattern] ?? fill(pattern, own)

  describe.each(routes)('at the $server’s $method $pattern', ({ server, method, pattern }) => {
    const at = (path: string, more: Partial<Knock> = {}): Knock => ({ server, method, path, ...more })

    it('has odd names in its address', () =>
      knockEach([
        ...hostileParts.map((part) => at(fill(pattern, part))),
        ...hostileQueries.map((query) => at(`${good(pattern)}?${query}`)),
        ...['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map((other) =>
          at(good(pattern), { method: other }),
        ),
      ]))

    it('has odd headers', () => knockEach(hostileHeaders.map((headers) => at(good(pattern), { headers }))))

    it('has odd bodies of odd kinds', async () => {
      if (method === 'GET') return
      const page = { ...world.signPage(), authorization: `Bearer ${world.key}` }
      for (const type of hostileTypes)
        await knockEach(
          hostileBodies.map((body) => {
            const signed = pattern.startsWith('/bank') ? world.signNotice(body.toString('latin1')) : world.signPush()
            return at(good(pattern), { headers: { ...page, ...signed, 'content-type': type }, body })
          }),
        )
      await knockEach([at(good(pattern), { headers: { ...page, ...world.signPush(), ...json }, body: tooLarge })])
    }, 240_000)
  })

  it('is signed rightly and odd in each of its parts', async () => {
    for (const [path, push] of pushSamples)
      await knockEach(
        [...spoilEach(push)].map((body) => ({
          path: `/in/${own}.ct/${path}`,
          headers: { ...world.signPush(), ...json },
          body: JSON.stringify(body) ?? '',
        })),
      )
    for (const notice of noticeSamples)
      await knockEach(
        [...spoilEach(notice)].map((each) => {
          const body = JSON.stringify(each) ?? ''
          return { path: `/bank/${own}.second/events`, headers: { ...world.signNotice(body), ...json }, body }
        }),
      )
  }, 240_000)

  it('comes from somebody who is signed in, and is odd in each of its parts', async () => {
    for (const [action, sample] of Object.entries(actionSamples).filter(([name]) => name !== 'sign-out'))
      await knockEach(
        [...spoilEach(sample)].map((body) => ({
          path: `/auth/${action}`,
          headers: { ...world.signPage(), ...json },
          body: JSON.stringify(body) ?? '',
        })),
      )
    const clock = [...spoilEach({ advance: 'PT0S' })].map((body) => JSON.stringify(body) ?? '')
    await knockEach(clock.map((body) => ({ path: '/sandbox/clock', headers: json, body })))
  }, 240_000)

  it('is hardly HTTP', async () => {
    const { url } = world.neighbours.sandbox.house
    for (const bytes of hostileBytes) {
      const said = await sayRaw(url, bytes)
      expect([bytes.slice(0, 60), said]).toEqual([bytes.slice(0, 60), expect.stringMatching(/^(HTTP\/1\.1 [234]|$)/)])
      // Of HTTP/1.1 without a host, Node thinks so little that it says nothing more.
      if (!said.startsWith('HTTP/1.1 4') || !bytes.includes('host:')) continue
      // What was half understood may be answered a second time.
      const [head = '', ...rest] = said.split('\r\n\r\n')
      const body = rest.join('\r\n\r\n').slice(0, Number(/content-length: (\d+)/i.exec(head)?.[1]))
      expect([bytes.slice(0, 60), said, isTelling(body)]).toEqual([bytes.slice(0, 60), said, true])
    }
  }, 60_000)

  describe('in the end', () => {
    it('has broken nothing', () => {
      // Whether it can be given work is what that address answers, and on a busy machine it is not always so.
      const broken = heard.filter(({ to, status }) => status >= 500 && !/^[A-Z]+ \/readyz/.test(to))
      expect(broken.map(({ to, status }) => `${status} ${to}`)).toEqual([])
      expect(heard.length).toBeGreaterThan(5000)
    })

    it('was told what is amiss and what to do, unless it was not genuine', () => {
      const silent = heard.filter(
        ({ to, status, body }) =>
          status >= 400 && !to.startsWith('HEAD') && !isTelling(body) && !isUngenuine(to, status),
      )
      expect([
        ...new Set(silent.map(({ to, status, body }) => `${status} ${to.slice(0, 80)}: ${body.slice(0, 200)}`)),
      ]).toEqual([])
    })

    it('stands in no answer and in no line of the log, and neither says where in the code it was', async () => {
      await untilStill(world.neighbours.sandbox)
      const { log } = world.neighbours.sandbox
      const said = heard.filter(({ body, told }) => body.includes(mark) || told.includes(mark))
      expect([...new Set(said.map(({ to, body }) => `${to.slice(0, 80)}: ${body.slice(0, 300)}`))]).toEqual([])
      expect(log.filter((line) => line.includes(mark) || /8613\d{9}|owner@/.test(line))).toEqual([])
      expect(log.filter((line) => line.includes('failed'))).toEqual([])
      const places = [...heard.map(({ body }) => body), ...log]
      expect(places.filter((text) => /\bat .+:\d+:\d+|\.[jt]s:\d+|node_modules/.test(text))).toEqual([])
    }, 120_000)

    it('left the house well, and it sells a ticket', async () => {
      expect(await world.knock({ method: 'GET', path: '/readyz' })).toMatchObject({ status: 200 })
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
      await buyTicket(world.neighbours.sandbox.phone(theirNumber))
    }, 60_000)
  })
})

/** Operators and banks whose signature does not hold hear nothing, as `ARCHITECTURE.md` has it. */
function isUngenuine(to: string, status: number): boolean {
  return status === 403 && /^[A-Z]+ \/(in|bank)\//.test(to)
}

/** A problem as RFC 9457 has it, one of the pages of people, or an error of tRPC: of each what is amiss, in words. */
function isTelling(body: string): boolean {
  try {
    const told = JSON.parse(body) as Telling | readonly Telling[]
    return [told].flat().every(({ detail, remedy, problem, error }) => {
      const words = detail === undefined ? (problem ?? error?.message) : remedy && `${detail}: ${remedy}`
      return words !== undefined && words.length > 10
    })
  } catch {
    return false
  }
}

interface Telling {
  readonly detail?: string
  readonly remedy?: string
  readonly problem?: string
  readonly error?: { readonly message: string }
}
