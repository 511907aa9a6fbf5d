import { assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import { skip } from '../mismatch.ts'

interface Published {
  readonly keys: readonly unknown[]
  readonly headers: Readonly<Record<string, string>>
}

/** As anybody may read it, without a signature. */
async function readKeys({ courier, ports }: Kit): Promise<Published> {
  const { keysUrl, tls } = courier.parts
  const identity = tls === undefined ? {} : { tls }
  const answer = await ports.http.send({ method: 'GET', url: keysUrl, headers: {}, deadlineMs: 5000, ...identity })
  assertThat(answer.status === 200, '200 for the JWKS', String(answer.status))
  const set: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'))
  return { keys: listAt(set, 'keys'), headers: answer.headers }
}

/** All of the feed, page by page. */
async function listEventTypes({ courier }: Kit): Promise<unknown[]> {
  const types: unknown[] = []
  let cursor: unknown
  for (let page = 0; page < 1000; page += 1) {
    const after = typeof cursor === 'string' ? `&after=${encodeURIComponent(cursor)}` : ''
    const { body } = await courier.get(`/v1/events?limit=200${after}`)
    types.push(...listAt(body, 'events').map((event) => memberAt(event, 'type')))
    if (body['more'] !== true) break
    cursor = body['cursor']
  }
  return types
}

export const keyCases: readonly ConformanceCase[] = [
  {
    id: 'keys.published',
    title: 'The keys of the bank are public, and only their public halves',
    rule: 'GET /.well-known/jwks.json: kty, kid and use of each key; Ed25519 or P-256',
    remedy: 'Publish public JWKs with a kid of their own each',
    run: async (kit) => {
      const { keys } = await readKeys(kit)
      const kids = keys.map((key) => textAt(key, 'kid'))
      assertThat(new Set(kids).size === kids.length, 'a kid of its own for each key', 'one twice')
      for (const key of keys) assertThat(memberAt(key, 'd') === undefined, 'public halves only', 'a private member')
      const curves = keys.map((key) => memberAt(key, 'crv'))
      assertThat(
        curves.some((curve) => curve === 'Ed25519' || curve === 'P-256'),
        'Ed25519 or P-256',
        curves.join(', '),
      )
    },
  },
  {
    id: 'keys.cached',
    title: 'The key set may be kept for twenty minutes at most',
    rule: 'Cache-Control of the JWKS: max-age of at most 1200',
    remedy: 'Send Cache-Control: public, max-age=1200 or less',
    run: async (kit) => {
      const field = (await readKeys(kit)).headers['cache-control'] ?? ''
      const seconds = Number(/max-age=([0-9]+)/.exec(field)?.[1] ?? '-1')
      assertThat(seconds >= 0 && seconds <= 1200, 'max-age of at most 1200', field === '' ? 'none' : field)
    },
  },
  {
    id: 'keys.rotated',
    title: 'A new key signs, and the old one stays published for a week',
    rule: 'Keys overlap for at least seven days; an event keys.rotated says that there is another',
    remedy: 'Publish the new key with the old one, then sign with it; take the old one away after seven days',
    run: async (kit) => {
      const { trouble } = kit.ports
      if (!trouble?.rotateKeys) skip('needs a bank that can be told to change its key')
      const before = (await readKeys(kit)).keys.map((key) => memberAt(key, 'kid'))
      await trouble.rotateKeys()
      // A key set is not read twice within a second.
      await kit.customer.passTime(1100)
      assertStatus(await kit.courier.get('/v1/capabilities'), 200)
      const after = (await readKeys(kit)).keys.map((key) => memberAt(key, 'kid'))
      assertThat(after.length > before.length, 'one key more', `${after.length} after ${before.length}`)
      assertThat(
        before.every((kid) => after.includes(kid)),
        'the old key beside the new one',
        'only the new one',
      )
      await kit.customer.until(async () => {
        const types = await listEventTypes(kit)
        return types.includes('keys.rotated') ? types : undefined
      }, 'an event keys.rotated')
    },
  },
]
