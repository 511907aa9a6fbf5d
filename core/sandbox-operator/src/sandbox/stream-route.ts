import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createAlarm } from '../boot/alarm.ts'
import type { Parts } from '../boot/parts.ts'
import type { Change } from '../threads/changes.ts'
import { buildPhone, buildThread } from '../view/phone-view.ts'
import { input, readPhoneParam } from './input-schema.ts'

type OfPhone = FastifyRequest<{ Querystring: { phone: string } }>

const gatherMs = 15
const pingMs = 15_000

/**
 * `GET /sandbox/stream?phone=`: server-sent events for a phone page. `phone` carries the whole PhoneView, `thread` one
 * ThreadView. Every event replaces what it names, so a page that missed some is right again after the next.
 */
export function registerStreamRoute(app: FastifyInstance, parts: Parts): void {
  app.get('/sandbox/stream', { schema: input.ofPhone }, (request: OfPhone, reply) => {
    const phone = readPhoneParam(request.query.phone)
    return openStream(parts, phone, reply)
  })
}

function openStream(parts: Parts, phone: string, reply: FastifyReply): FastifyReply {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  const stream = createStream(parts, phone, raw)
  const unsubscribe = parts.changes.subscribe(phone, stream.note)
  const ping = createAlarm(parts.surroundings, () => {
    raw.write(': ping\n\n')
    ping.ringIn(pingMs)
  })
  ping.ringIn(pingMs)
  raw.on('close', () => {
    unsubscribe()
    stream.close()
    ping.close()
  })
  stream.note({ kind: 'everything' })
  return reply
}

/** Gathers what changed within a moment, so that one action of many steps is one picture. */
function createStream(parts: Parts, phone: string, raw: ServerResponse) {
  const threadIds = new Set<number>()
  let everything = false
  const send = (event: string, data: object): void => {
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const alarm = createAlarm(parts.surroundings, () => {
    if (everything) send('phone', buildPhone(parts, phone))
    else for (const id of threadIds) send('thread', buildThread(parts, parts.threads.get(id)))
    threadIds.clear()
    everything = false
  })
  return {
    note: (change: Change): void => {
      if (change.kind === 'thread') threadIds.add(change.threadId)
      else everything = true
      alarm.ringIn(gatherMs)
    },
    close: alarm.close,
  }
}
