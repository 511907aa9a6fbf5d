import type { DoorRequest } from '@inthread/sdk/bank'
import { assertProblem, assertStatus, assertThat, listAt, memberAt, numberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import { skip } from '../mismatch.ts'
import { findPush, judgePush } from '../push.ts'

interface Feed {
  readonly events: readonly unknown[]
  readonly cursor: string
}

/** From the cursor to the end. */
async function readFeed({ courier }: Kit, after?: string): Promise<Feed> {
  const events: unknown[] = []
  let cursor = after
  for (let page = 0; page < 1000; page += 1) {
    const query = cursor === undefined ? '' : `&after=${encodeURIComponent(cursor)}`
    const reply = await courier.get(`/v1/events?limit=100${query}`)
    assertStatus(reply, 200)
    events.push(...listAt(reply.body, 'events'))
    cursor = textAt(reply.body, 'cursor')
    if (memberAt(reply.body, 'more') !== true) break
  }
  return { events, cursor: cursor ?? '' }
}

/** The events of one payment, oldest first. */
async function listOurs(kit: Kit): Promise<{ readonly ours: readonly unknown[]; readonly feed: Feed }> {
  const { first, verified } = await kit.customer.paid()
  await kit.customer.settled(textAt(first.body, 'id'))
  const feed = await readFeed(kit)
  const isOurs = (event: unknown): boolean =>
    memberAt(event, 'data', 'clientRef') === verified.clientRef && textAt(event, 'type').startsWith('payment.')
  return { ours: feed.events.filter(isOurs), feed }
}

/** The delivery of the last event of the payment, once it has come. */
async function getPush(kit: Kit): Promise<{ readonly push: DoorRequest; readonly event: unknown }> {
  const { pushes } = kit.ports
  if (!pushes) skip('needs an address to which the bank delivers events')
  const event = (await listOurs(kit)).ours.at(-1)
  const push = await kit.customer.until(
    () => Promise.resolve(findPush(pushes.list(), textAt(event, 'id'))),
    'a delivery of the event to the address of the client',
  )
  return { push, event }
}

export const eventCases: readonly ConformanceCase[] = [
  {
    id: 'events.listed',
    title: 'Every change of a payment is an event, in order',
    rule: 'GET /v1/events lists each change in the order in which it happened, with growing versions',
    remedy: 'Write the event in the transaction that changes the state',
    run: async (kit) => {
      const { ours } = await listOurs(kit)
      const last = ours.at(-1)
      assertThat(memberAt(last, 'type') === 'payment.succeeded', 'payment.succeeded at last', 'another event, or none')
      const versions = ours.map((event) => numberAt(event, 'data', 'version'))
      const grows = versions.every((version, index) => index === 0 || version > (versions[index - 1] ?? 0))
      assertThat(grows, 'growing versions', versions.join(', '))
      for (const event of ours) for (const name of ['id', 'timestamp']) textAt(event, name)
      const ids = ours.map((event) => textAt(event, 'id'))
      assertThat(new Set(ids).size === ids.length, 'an id of its own for each event', 'one twice')
    },
  },
  {
    id: 'events.thin',
    title: 'Events carry ids and states, and nothing personal',
    rule: 'Thin: id, clientRef, version, state, amount; who needs more reads the resource',
    remedy: 'Leave names, numbers, masks and descriptions out of events',
    run: async (kit) => {
      const { ours } = await listOurs(kit)
      const allowed = new Set(['id', 'clientRef', 'version', 'state', 'amount', 'link'])
      for (const event of ours) {
        const data = memberAt(event, 'data')
        const extra = Object.keys(typeof data === 'object' && data !== null ? data : {}).filter(
          (name) => !allowed.has(name),
        )
        assertThat(extra.length === 0, 'thin data', `also ${extra.join(', ')}`)
        assertThat(!JSON.stringify(event).includes(kit.ports.phone.slice(-8)), 'no phone number', 'the number')
      }
    },
  },
  {
    id: 'events.cursor',
    title: 'The feed goes on where it was left',
    rule: 'The cursor is given also when there is nothing new, and stays where it is then',
    remedy: 'Make the cursor of the last event that was listed',
    run: async (kit) => {
      const { feed } = await listOurs(kit)
      const rest = await readFeed(kit, feed.cursor)
      const known = new Set(feed.events.map((event) => memberAt(event, 'id')))
      assertThat(
        !rest.events.some((event) => known.has(memberAt(event, 'id'))),
        'nothing a second time',
        'an event again',
      )
      assertStatus(await kit.courier.get(`/v1/events?after=${encodeURIComponent(rest.cursor)}`), 200)
    },
  },
  {
    id: 'events.cursor-changed',
    title: 'A cursor that was changed is refused',
    rule: 'Cursors are signed and carry the client: 400 malformed',
    remedy: 'Seal the cursor with a key of your own',
    run: async (kit) => {
      const { cursor } = (await listOurs(kit)).feed
      for (const after of ['made-up', cursor.slice(1), `${cursor}x`]) {
        const reply = await kit.courier.get(`/v1/events?after=${encodeURIComponent(after)}`)
        assertProblem(reply, 400, 'malformed')
      }
    },
  },
  {
    id: 'events.of-another-client',
    title: 'Nobody reads the events of another client',
    rule: 'The feed is that of the client that signed; a cursor of another client is refused',
    remedy: 'Put the client into the cursor and into the query',
    run: async (kit) => {
      const { other } = kit
      if (!other) skip('needs a second client of the bank')
      const { feed, ours } = await listOurs(kit)
      assertProblem(await other.get(`/v1/events?after=${encodeURIComponent(feed.cursor)}`), 400, 'malformed')
      const theirs = listAt((await other.get('/v1/events?limit=200')).body, 'events').map((event) =>
        memberAt(event, 'id'),
      )
      assertThat(!ours.some((event) => theirs.includes(memberAt(event, 'id'))), 'no event of ours', 'one of ours')
    },
  },
  {
    id: 'events.pushed',
    title: 'Events are delivered, signed as Standard Webhooks',
    rule: 'webhook-id, webhook-timestamp within five minutes, webhook-signature with v1a (a key of the JWKS) or v1',
    remedy: 'Sign `id.timestamp.body` over the bytes that are sent',
    run: async (kit) => {
      const { push } = await getPush(kit)
      const genuine = await judgePush(push, kit)
      assertThat(genuine === 'genuine', 'a signature that verifies', genuine)
    },
  },
  {
    id: 'events.pushed-as-listed',
    title: 'What is delivered is what is listed',
    rule: 'The body of a delivery is the event of the feed, and webhook-id its id',
    remedy: 'Make both out of the same row',
    run: async (kit) => {
      const { push, event } = await getPush(kit)
      const same = Buffer.from(push.body).toString('utf8') === JSON.stringify(event)
      const body: unknown = JSON.parse(Buffer.from(push.body).toString('utf8'))
      const agree = ['id', 'type'].every((name) => memberAt(body, name) === memberAt(event, name))
      const version = numberAt(body, 'data', 'version') === numberAt(event, 'data', 'version')
      assertThat(same || (agree && version), 'the event of the feed', 'another one')
    },
  },
  {
    id: 'events.pushed-again',
    title: 'A delivery that was refused comes again under the same id',
    rule: 'Retries after 5 s, 5 min, 30 min …: the same webhook-id and body, a new timestamp and signature',
    remedy: 'Keep deliveries in an outbox until they are taken, and sign each attempt anew',
    run: async (kit) => {
      const { pushes, advance } = kit.ports
      if (!pushes || !advance) skip('needs an address for events, and a test clock that can be moved')
      await getPush(kit)
      pushes.refuseNext()
      const before = pushes.list().length
      const verified = await kit.customer.verify()
      const refused = await kit.customer.until(() => Promise.resolve(pushes.list()[before]), 'a delivery')
      const id = refused.headers['webhook-id'] ?? ''
      await kit.courier.get(`/v1/confirmations/${textAt(verified.confirmation, 'id')}`)
      await advance(30_000)
      const again = await kit.customer.until(
        () => Promise.resolve(findPush(pushes.list().slice(before + 1), id)),
        'the delivery again',
      )
      const same = Buffer.from(again.body).equals(Buffer.from(refused.body))
      assertThat(same, 'the same body', 'another body')
      const stamps = [refused, again].map(({ headers }) => headers['webhook-timestamp'])
      assertThat(stamps[0] !== stamps[1], 'a new timestamp', 'the old one')
    },
  },
]
