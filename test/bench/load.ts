import { Agent, request } from 'undici'
import { buildPush, type Push } from './pushes.ts'
import type { Sink } from './sink.ts'

export interface LoadOptions {
  /** The notify base. */
  readonly url: string
  readonly callers: number
  readonly seconds: number
  readonly phones: number
  readonly text: string
  /** Where the answers arrive; undefined for a server that sends none. */
  readonly sink: Sink | undefined
}

export interface LoadResult {
  readonly posted: number
  readonly perSecond: number
  /** From the post to its answer, which is when the message is committed. */
  readonly postMs: Percentiles
  /** From the post to the reply at the operator. */
  readonly replyMs: Percentiles | undefined
  /** Replies a second, over the time until the last one arrived. */
  readonly repliesPerSecond: number | undefined
}

export interface Percentiles {
  readonly p50: number
  readonly p99: number
}

interface Sent {
  readonly push: Push
  readonly atMs: number
  readonly tookMs: number
}

/** A closed loop: every caller posts, waits for the answer, and posts again, each for its own phones. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ connections: options.callers, pipelining: 1 })
  const sent: Sent[] = []
  const startedMs = performance.now()
  const untilMs = startedMs + options.seconds * 1000
  await Promise.all(
    Array.from({ length: options.callers }, (_, caller) => runCaller({ ...options, agent, caller, untilMs, sent })),
  )
  const tookMs = performance.now() - startedMs
  const replies = options.sink ? await awaitReplies(sent, options.sink) : undefined
  await agent.close()
  const ages = replies?.map(({ ageMs }) => ageMs)
  const lastMs = replies && Math.max(...replies.map(({ atMs }) => atMs))
  return {
    posted: sent.length,
    perSecond: (sent.length / tookMs) * 1000,
    postMs: percentilesOf(sent.map((one) => one.tookMs)),
    replyMs: ages && percentilesOf(ages),
    repliesPerSecond: replies && lastMs !== undefined ? (replies.length / (lastMs - startedMs)) * 1000 : undefined,
  }
}

interface Caller extends LoadOptions {
  readonly agent: Agent
  readonly caller: number
  readonly untilMs: number
  readonly sent: Sent[]
}

async function runCaller({ agent, url, caller, callers, phones, text, untilMs, sent }: Caller): Promise<void> {
  for (let turn = 0; performance.now() < untilMs; turn += 1) {
    const push = buildPush((caller + turn * callers) % phones, text)
    const atMs = performance.now()
    const { statusCode, body } = await request(`${url}${push.path}`, {
      dispatcher: agent,
      method: 'POST',
      headers: push.headers,
      body: push.body,
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`a push was answered with ${statusCode}`)
    sent.push({ push, atMs, tookMs: performance.now() - atMs })
  }
}

/** Every message has to be answered: one without a reply is a failure of the run, not a faster run. */
async function awaitReplies(
  sent: readonly Sent[],
  sink: Sink,
): Promise<readonly { readonly ageMs: number; readonly atMs: number }[]> {
  const limitMs = performance.now() + 120_000
  while (sent.some(({ push }) => !sink.arrivals.has(push.contribution))) {
    if (performance.now() > limitMs) throw new Error('some messages were never answered')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return sent.map(({ push, atMs }) => {
    const arrivedMs = sink.arrivals.get(push.contribution) ?? atMs
    return { ageMs: arrivedMs - atMs, atMs: arrivedMs }
  })
}

function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((left, right) => left - right)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
