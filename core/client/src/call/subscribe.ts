import { createTRPCUntypedClient, getFetch, httpSubscriptionLink } from '@trpc/client'
import { EventSource, type FetchLike } from 'eventsource'
import { toAdminError } from './admin-error.ts'

export interface SubscriptionCall {
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly path: string
  readonly input: unknown
  readonly signal: AbortSignal | undefined
}

/** Events as they come, over as many connections as it takes. */
export async function* subscribe({ base, headers, path, input, signal }: SubscriptionCall): AsyncGenerator<unknown> {
  const ending = new AbortController()
  const line = openLine(headers, () => ending.abort())
  const client = createTRPCUntypedClient({
    links: [httpSubscriptionLink({ url: `${base}/trpc`, EventSource, eventSourceOptions: { fetch: line.fetch } })],
  })
  const awake = stayAwake()
  try {
    const signals = signal ? [signal, ending.signal] : [ending.signal]
    yield* client.subscription(path, input, { signal: AbortSignal.any(signals) })
    if (line.dead() !== undefined) throw line.dead()
  } catch (error) {
    throw toAdminError(error, base)
  } finally {
    ending.abort()
    awake.end()
  }
}

interface Line {
  readonly fetch: FetchLike
  /** Why there never was a connection. */
  dead(): unknown
}

/** What a proxy says while there is nobody behind it. */
const absent: readonly number[] = [502, 503, 504]

/**
 * Sends the key along, which an event source by itself cannot. Once there was an answer, being without one is a reason
 * to try again; before, it is more likely a wrong address.
 */
function openLine(headers: Readonly<Record<string, string>>, giveUp: () => void): Line {
  const ask = getFetch()
  let reached = false
  let dead: unknown
  const reach: FetchLike = async (url, init) => {
    const answer = await ask(String(url), { ...init, headers: { ...init.headers, ...headers } })
    if (!(answer instanceof Response) || absent.includes(answer.status)) throw new TypeError('nobody answers')
    return answer
  }
  return {
    dead: () => dead,
    fetch: async (url, init) => {
      try {
        const answer = await reach(url, init)
        reached = true
        return answer
      } catch (error) {
        if (!reached) {
          dead = error
          giveUp()
        }
        throw error
      }
    },
  }
}

/** Between two connections nothing else would keep a process of Node from ending. */
function stayAwake(): { end(): void } {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => undefined)
  return {
    end: () => {
      port1.close()
      port2.close()
    },
  }
}
