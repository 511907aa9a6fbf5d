import { listBankProblems } from './look-at-bank.ts'
import { listFinalProblems, listStateProblems } from './look-at-state.ts'
import { matchMessages, renderExpectation } from './match-messages.ts'
import { prepareStage, type Preparation } from './prepare-stage.ts'
import type { StoryReport, TurnReport } from './report.ts'
import { describeAct, runAct } from './run-act.ts'
import { listLabels, renderMessage, renderText, type Message } from '../world/sight.ts'
import { waitUntilFine, type Stage } from './stage.ts'
import type { Story, Turn } from '../format/story-schema.ts'
import { StoryError } from '../world/story-world.ts'
import type { Thread } from './thread.ts'

export interface Play extends Preparation {
  /** Told of each turn as soon as it is over. */
  readonly onTurn?: (report: TurnReport) => void
}

/**
 * Plays a story; the first turn that does not go as written ends it. Rejects with a `StoryError` of the kind
 * `environment` when the sandbox is not there, or not as given. Faults that the story set are taken back.
 */
export async function playStory(
  story: Story,
  { onTurn = () => undefined, ...preparation }: Play,
): Promise<StoryReport> {
  const { elapsedMs } = preparation.options
  const startedMs = elapsedMs()
  const stage = await prepareStage(story, preparation)
  const turns: TurnReport[] = []
  try {
    for (const [index, turn] of story.turns.entries()) {
      const report = await playTurn(turn, index + 1, stage)
      turns.push(report)
      onTurn(report)
      if (report.problems.length > 0) break
    }
    const broken = turns.some(({ problems }) => problems.length > 0)
    const final = broken ? [] : await finish(stage)
    const passed = !broken && final.length === 0
    return { id: story.id, title: story.title, passed, tookMs: elapsedMs() - startedMs, turns, final }
  } finally {
    if (story.turns.some(({ fault }) => fault)) await stage.world.clearFaults()
  }
}

async function playTurn(turn: Turn, n: number, stage: Stage): Promise<TurnReport> {
  const { elapsedMs } = stage.options
  const startedMs = elapsedMs()
  const phone = turn.phone ?? stage.story.given.phone
  const thread = stage.threads.get(phone)
  if (!thread) throw new Error('every phone of the story has a thread')
  const heard: Message[] = []
  const problems = await runTurn(turn, { thread, stage, heard })
  const seen = heard.map((message) => ({
    speaker: message.speaker?.party ?? '',
    text: renderText(message),
    buttons: listLabels(message),
  }))
  return { n, act: describeAct(turn), seen, problems, tookMs: elapsedMs() - startedMs }
}

interface TurnParts {
  readonly thread: Thread
  readonly stage: Stage
  /** Filled with what was heard in this turn. */
  readonly heard: Message[]
}

async function runTurn(turn: Turn, parts: TurnParts): Promise<readonly string[]> {
  const { thread, stage } = parts
  try {
    await runAct(turn, thread, stage)
  } catch (error) {
    if (error instanceof StoryError && error.kind === 'refused') return [error.message]
    throw error
  }
  const unheard = await listen(turn.expectBot ?? [], parts)
  if (unheard.length > 0) return unheard
  return waitUntilFine(stage.options, async () => ({ problems: await lookAround(turn, stage) }))
}

async function listen(expected: NonNullable<Turn['expectBot']>, parts: TurnParts): Promise<readonly string[]> {
  const { thread, stage, heard } = parts
  if (expected.length === 0) return []
  return waitUntilFine(stage.options, async () => {
    const news = await thread.listNews()
    noteOrders(news, stage.orders)
    const isRepetition = (message: Message): boolean => stage.options.twice && thread.isRepetition(message)
    const match = matchMessages(expected, news, isRepetition)
    heard.splice(0, heard.length, ...(match.kind === 'complete' ? news.slice(0, match.used) : news))
    if (match.kind === 'complete') thread.settle(heard)
    if (match.kind === 'wrong') return { problems: [match.problem], final: true }
    if (match.kind === 'complete') return { problems: [] }
    return { problems: match.missing.map((missing) => `never heard ${renderExpectation(missing)}`) }
  })
}

function noteOrders(messages: readonly Message[], orders: string[]): void {
  const named = messages.flatMap(({ sealed }) => sealed?.order ?? [])
  for (const number of named) if (!orders.includes(number)) orders.push(number)
}

async function lookAround({ expectBank = [], expectState }: Turn, stage: Stage): Promise<string[]> {
  const bank = expectBank.length > 0 ? await stage.world.readBank() : stage.before.bank
  return [
    ...expectBank.flatMap((expected) => listBankProblems(expected, stage.before.bank, bank)),
    ...(expectState ? await listStateProblems(expectState, stage) : []),
  ]
}

/** Everything has come to rest, and nobody has said anything that no turn expected. */
async function finish(stage: Stage): Promise<readonly string[]> {
  const { story, options } = stage
  const problems = await waitUntilFine(options, async () => ({ problems: await listFinalProblems(story.final, stage) }))
  const extra: string[] = []
  for (const thread of stage.threads.values()) {
    const news = (await thread.listNews()).filter(
      (message) => message.speaker?.party !== 'platform' && !(options.twice && thread.isRepetition(message)),
    )
    extra.push(...news.map((message) => `nobody expected: ${renderMessage(message)}`))
  }
  return [...problems, ...extra]
}
