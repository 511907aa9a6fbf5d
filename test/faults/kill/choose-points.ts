import { openDraw } from '../../kit/chance/draw.ts'

/** Where a process may be killed, in the order in which a story without a kill reached the places. */
export type Points = readonly string[]

/**
 * Reads that are repeated by the clock whether or not there is something to do: the first one of each is a point like
 * any other, and after it only their number grows.
 */
const polledReads = [
  ...['turn.waiting', 'timer.find', 'hold.find', 'effect.find', 'effect.forget', 'order.find', 'outbox.find'],
  ...['delivery.find', 'publication.find', 'tenant.epochs', 'setting.find', 'lease.claim', 'nonce.purge'],
  ...['refund.find', 'refund.lapsed', 'books.due', 'consent.due', 'statement.last', 'order.lapsed'],
]
const polledClocks = [
  ...['timer.store', 'work.store', 'feed-reader', 'messaging', 'effect-pump', 'notices'],
  ...['sweep-books', 'forward-consents', 'statement-reader'],
]

function isPolled(point: string): boolean {
  const [port = '', call = ''] = point.split(' ')
  if (port === 'store') return polledReads.includes(call) || call.startsWith('feed.')
  return port === 'bank' ? call === 'notices' : port === 'clock' && polledClocks.includes(call)
}

/** A process's whole story, without what only repeats itself. */
export function listPoints(reached: Points): Points {
  return reached.filter((point) => !isPolled(point) || point.endsWith(' #1'))
}

/**
 * Before and after each call of a port: a read, a transaction, a call of the bank, of the operator, of the clock. What
 * happens inside a transaction is left out, and so is the moment after a look at the clock, which is the one before it.
 */
export function listCalls(points: Points): Points {
  const writes = new Set(points.flatMap((point) => /^store (\S+) begin /.exec(point)?.[1] ?? []))
  return points.filter((point) => {
    const [, label = '', call = '', phase = ''] = /^store (\S+) (\w+) (\w+) /.exec(point) ?? []
    if (label === '') return !/^clock \S+ after /.test(point)
    if (!writes.has(label)) return true
    return (call === 'begin' && phase === 'before') || (call === 'commit' && phase === 'after')
  })
}

/** From the first point of this kind on. */
export function listFrom(points: Points, first: string): Points {
  const at = points.findIndex((point) => point.startsWith(first))
  return at < 0 ? [] : points.slice(at)
}

/** As many as wanted, spread over the whole story; the same seed takes the same ones. */
export function choosePoints(points: Points, count: number, seed: number): Points {
  const draw = openDraw(seed)
  const slices = Math.min(count, points.length)
  return Array.from({ length: slices }, (_slice, index) => {
    const from = Math.floor((index * points.length) / slices)
    const to = Math.floor(((index + 1) * points.length) / slices)
    return points[from + Math.floor(draw() * (to - from))] ?? ''
  })
}
