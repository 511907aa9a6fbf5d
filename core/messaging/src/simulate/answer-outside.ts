import { getStep, type FetchAnswer } from '@inthread/sdk/engine'
import { seconds } from '@inthread/sdk/time'
import { buildNumber } from '@inthread/store'
import { writeToken } from '../conversation/token.ts'
import { isDialogue } from '../fold/arbitrate.ts'
import type { LoadedRun } from '../fold/turn.ts'
import type { Outcome } from '../ports.ts'
import { isBankWay, type SimulatedAct } from './act.ts'
import type { Play } from './play.ts'
import { findQuestion, type BankQuestion } from './questions.ts'
import { buildSample } from './sample-answer.ts'
import type { TurnProblem } from './simulated-thread.ts'
import { unplayedOutcome } from './stand-in.ts'
import type { StageItem } from './stage.ts'

type BankAct = Extract<SimulatedAct, { does: 'bank' }>

/** Longer than anybody waits for a bank. */
const silenceMs = seconds(10)
/** A dialogue asks no more than that before it hands an order over. */
const questionsAtMost = 8

/** The bank answers what it was asked; where its dialogue still asks the user, the user agrees first. */
export async function answerAsBank(play: Play, act: BankAct): Promise<void> {
  for (let count = 0; count < questionsAtMost; count += 1) {
    const question = findQuestion(play.stage)
    if (question && question.kind !== 'host') return endQuestion(play, act, question)
    const dialogue = findDialogue(play)
    if (!dialogue) break
    if (act.answers === 'expired') await play.passTo(dialogue.row.due_at ?? play.stage.now)
    else await play.take(agree(play, dialogue, act.answers === 'cancelled'))
    if ((act.answers === 'expired' || act.answers === 'cancelled') && !findDialogue(play)) return
  }
  play.note({ by: 'missing' }, { problem: impossible('nothing_asked') })
}

function findDialogue(play: Play): LoadedRun | undefined {
  const { runs } = play.stage
  return runs.findLast(
    (run) => isDialogue(run) && ['ask', 'confirm'].includes(getStep(run.program, run.state.step).kind),
  )
}

/** Confirms, chooses what comes first, or types a code; or takes everything back. */
function agree(play: Play, run: LoadedRun, leaves: boolean): StageItem {
  const step = getStep(run.program, run.state.step)
  if (step.kind === 'ask' && leaves) return saying('cancel')
  if (step.kind === 'ask' && step.confidential) return saying('1'.repeat(step.shape?.digits ?? 6))
  if (step.kind === 'ask' && run.state.options.length === 0) return saying('1')
  const { keyring, tenancy, conversation } = play.stage
  const realm = { tenantId: tenancy.scope.tenantId, conversationId: conversation.id, botId: conversation.bot_id }
  const token = { kind: 'reply', run: run.row.id, visit: run.state.visit, option: leaves ? 1 : 0 } as const
  const postback = writeToken(keyring, realm, { ...token, expiresAt: Number.MAX_SAFE_INTEGER })
  return { body: { kind: 'message', content: { kind: 'tap', postback, label: '' } } }
}

function saying(text: string): StageItem {
  return { body: { kind: 'message', content: { kind: 'text', text } } }
}

/** The bank has spoken: by the name that the operation gives it, with data that fit. */
async function endQuestion(play: Play, act: BankAct, question: BankQuestion): Promise<void> {
  const name = pickOutcome(act.answers, question)
  const schema = Object.hasOwn(question.outcomes, name) ? question.outcomes[name] : undefined
  if (!schema) return play.note({ by: 'missing', value: name }, { problem: impossible('no_such_outcome') })
  const sampling = { now: play.stage.now, currency: play.stage.tenancy.currency }
  const read = schema.safeParse(act.data ?? buildSample(schema, sampling))
  if (!read.success) {
    const [issue] = read.error.issues
    const detail = issue && `${issue.path.join('.')}: ${issue.message}`
    return play.note({ by: 'missing', value: name }, { problem: impossible('answer_unfit', detail) })
  }
  // Whoever has heard nothing for a while is told that we are at it.
  if (act.answers === 'times_out') await play.pass(silenceMs)
  const outcome = { name, data: read.data }
  if (question.kind === 'order') return endOrder(play, question, outcome)
  if (question.kind === 'refund') return play.take(tellRefund(question, outcome))
  play.stage.ground.bank.promise(outcome.data, play.stage.now)
  await play.take({ body: { kind: 'effect', visit: question.run.state.visit, outcome }, runId: question.run.row.id })
}

const bad: ReadonlySet<string> = new Set(['declined', 'cancelled', 'expired', 'unknown', 'unavailable'])

function pickOutcome(answers: string, { outcomes }: BankQuestion): string {
  if (!isBankWay(answers)) return answers
  if (answers === 'declines') return 'declined'
  if (answers === 'times_out') return 'unknown'
  return Object.keys(outcomes).find((name) => !bad.has(name)) ?? answers
}

/** Its scene hears the outcome when the dialogue is over; the dialogue hears what its own step calls it. */
async function endOrder(play: Play, question: BankQuestion, outcome: Outcome): Promise<void> {
  const { bank } = play.stage.ground
  const { id, run, unplayed } = question
  const scope = play.stage.tenancy.scope
  const told = withReceipt(outcome, id)
  bank.decide({ scope, orderId: id }, told)
  const heard = unplayed ? { name: unplayedOutcome, data: {} } : nameForDesk(told, id)
  await play.take({ body: { kind: 'order', outcome: heard, event: null }, runId: run.row.id, about: id })
}

/** A receipt has the order's number on it. */
function withReceipt({ name, data }: Outcome, orderId: string): Outcome {
  const has = typeof data === 'object' && data !== null && 'receipt' in data
  return { name, data: has ? { ...data, receipt: buildNumber(orderId) } : data }
}

function nameForDesk({ name, data }: Outcome, orderId: string): Outcome {
  const receipt = buildNumber(orderId)
  if (name === 'succeeded') return { name, data: { receipt } }
  if (name === 'declined') return { name, data }
  return name === 'unknown' ? { name, data: {} } : { name: 'accepted', data: { state: name, receipt } }
}

function tellRefund({ id, run }: BankQuestion, outcome: Outcome): StageItem {
  return { body: { kind: 'order', outcome, event: null }, runId: run.row.id, about: id }
}

/** What was left open has an end: whoever waits for it hears it, else the platform says it. */
export async function settleAsBank(play: Play, result: 'succeeded' | 'declined'): Promise<void> {
  const { ground, tenancy } = play.stage
  const id = ground.bank.listUndecided().at(-1)
  const order = ground.orders.get(id ?? '')
  if (id === undefined || !order) return play.note({ by: 'missing' }, { problem: impossible('nothing_undecided') })
  const receipt = buildNumber(id)
  const data = result === 'succeeded' ? { receipt } : { reason: 'declined' }
  const outcome = { name: result, data }
  ground.bank.decide({ scope: tenancy.scope, orderId: id }, outcome)
  const event = { name: 'settled', data: { result, ...data } }
  await play.take({ body: { kind: 'order', outcome, event }, runId: order.runId, about: id })
}

/** What is not as declared never reaches the plugin. */
export async function answerAsHost(play: Play, answer: FetchAnswer): Promise<void> {
  const question = findQuestion(play.stage)
  if (question?.kind !== 'host') return play.note({ by: 'missing' }, { problem: impossible('nothing_asked') })
  const { run } = question
  const read = answer.kind === 'answered' ? question.answer.safeParse(answer.data) : undefined
  const refused: FetchAnswer = read?.success === false ? { kind: 'failed', reason: 'malformed' } : answer
  const taken: FetchAnswer = read?.success ? { kind: 'answered', data: read.data } : refused
  await play.take({ body: { kind: 'fetched', visit: run.state.visit, answer: taken }, runId: run.row.id })
}

function impossible(what: string, detail?: string): TurnProblem {
  return { code: `simulation.${what}`, data: {}, detail }
}
