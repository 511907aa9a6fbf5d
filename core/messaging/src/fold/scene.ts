import { deriveId } from '@inthread/store'
import { type Flow, getStep, type Program } from '@inthread/sdk/engine'
import { isPluginKilled } from '../halt/subject.ts'
import type { ItemBody } from '../inbox/item.ts'
import type { Installation } from '../tenancy/tenancy.ts'
import { advanceRun } from './advance.ts'
import { openNewRun, type DraftRun, type TurnDraft } from './draft.ts'
import type { Folding } from './need.ts'

interface Beginning {
  readonly installation: Installation
  readonly flow: Flow
  readonly input: unknown
  /** Events that led here. */
  readonly causes: readonly string[]
}

/** A run of a merchant's flow, at the bottom of its own stack. */
export function* startFlow(draft: TurnDraft, { installation, flow, input, causes }: Beginning): Folding<void> {
  const { item, tenancy, now } = draft.input
  const { locale, timeZone } = tenancy
  const program: Program = { flow, config: installation.config, locale, timeZone }
  const id = deriveId(item.id, 'run')
  const { plugin } = installation
  const alone = { parentId: undefined, rootId: id, orderId: undefined, bankId: undefined }
  const run = openNewRun(draft, { id, ...alone, plugin, program, causes })
  yield* advanceRun(draft, run, { kind: 'started', input: flow.input.parse(input), at: now })
}

/** Another plugin has told something. What listens to it begins as soon as nobody is in the middle of anything. */
export function* takeEvent(draft: TurnDraft, body: Extract<ItemBody, { kind: 'event' }>): Folding<void> {
  if (isBusy(draft)) return void (draft.parked = true)
  const installation = draft.input.bot.installations.find(
    ({ plugin }) => plugin.contract.declaration.id === body.plugin,
  )
  const reaction = installation?.plugin.reactions[body.alias]
  const flow = reaction && installation.plugin.flows[reaction.flow.id]
  if (!flow || isPluginKilled(draft.input, 'runs', installation.plugin)) return
  const { now, tenancy } = draft.input
  const { locale, timeZone } = tenancy
  const input = reaction.input(body.data, { now, locale, timeZone, config: installation.config })
  yield* startFlow(draft, { installation, flow, input, causes: body.causes })
}

/** Somebody is asked something, or the bank is at work. */
export function isBusy(draft: TurnDraft): boolean {
  return listOpenRuns(draft).some((run) => run.bankId !== undefined || (!run.suspended && isAsking(run)))
}

export function isAsking({ program, state }: Pick<DraftRun, 'program' | 'state'>): boolean {
  return ['ask', 'confirm'].includes(getStep(program, state.step).kind)
}

type OpenRun = Pick<DraftRun, 'id' | 'program' | 'state' | 'bankId' | 'suspended' | 'askedAt'>

/** The open runs as this turn has them so far. */
export function listOpenRuns(draft: TurnDraft): readonly OpenRun[] {
  const untouched = draft.input.runs
    .filter(({ row }) => !draft.runs.has(row.id))
    .map(({ row, program, state, suspended, askedAt }) => ({
      id: row.id,
      program,
      state,
      bankId: row.bank_id ?? undefined,
      suspended,
      askedAt,
    }))
  return [...untouched, ...[...draft.runs.values()].filter(({ state }) => !state.ended)]
}
