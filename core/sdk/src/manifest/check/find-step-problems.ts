import type { Manifest, ManifestStep } from '../manifest-schema.ts'
import type { ManifestProblem } from './problem.ts'

type Sentence = { readonly problem: string; readonly remedy: string }
type Finder<K extends ManifestStep['kind']> = (
  step: Extract<ManifestStep, { kind: K }>,
  manifest: Manifest,
  id: string,
) => readonly Sentence[]

/** What single steps name that there is not, and limits that are none. */
export function findStepProblems(manifest: Manifest, id: string): ManifestProblem[] {
  return Object.entries(manifest.flows[id]?.steps ?? {}).flatMap(([step, written]) =>
    findSentences(written, manifest, id).map(({ problem, remedy }) => ({
      ...{ path: `$.flows.${id}.steps.${step}`, step, problem: `the step "${step}" ${problem}`, remedy },
    })),
  )
}

function findSentences(step: ManifestStep, manifest: Manifest, id: string): readonly Sentence[] {
  switch (step.kind) {
    case 'ask':
      return findAsk(step, manifest, id)
    case 'call':
      return findCall(step, manifest, id)
    case 'confirm':
      return manifest.provides
        ? []
        : [{ problem: 'confirms a payment, and the plugin provides no capability', remedy: 'call the payment instead' }]
    case 'read':
    case 'write':
    case 'reserve':
      return findCollection(step, manifest, id)
    case 'fetch':
      return listMissing('asks the host', step.from, manifest.egress)
    case 'emit':
      return listMissing('tells the event', step.event, manifest.emits)
    case 'run':
      return findRun(step, manifest, id)
    case 'wait':
      return findWait(step, manifest, id)
    default:
      return []
  }
}

function listMissing(does: string, name: string, declared: object): readonly Sentence[] {
  if (Object.hasOwn(declared, name)) return []
  const names = Object.keys(declared).join(', ')
  return [
    { problem: `${does} "${name}", which is not declared`, remedy: `declare it, or name one of: ${names || '-'}` },
  ]
}

const isSpan = (durationMs: number): boolean => Number.isFinite(durationMs) && durationMs > 0

const findAsk: Finder<'ask'> = ({ slot, timeout, reminderMs, retries }, { flows }, id) => {
  const found: Sentence[] = [...listMissing('asks for the slot', slot, propertiesOf(flows[id]?.state))]
  if (!isSpan(timeout.afterMs))
    found.push({ problem: `times out after ${timeout.afterMs} ms`, remedy: 'give a time above 0, like minutes(10)' })
  if (reminderMs !== undefined && !(isSpan(reminderMs) && reminderMs < timeout.afterMs))
    found.push({ problem: 'reminds after its time-out', remedy: 'remind earlier, or wait longer' })
  if (retries !== undefined && !(Number.isSafeInteger(retries) && retries >= 0 && retries <= 10))
    found.push({ problem: `asks ${retries} times again`, remedy: 'give a whole number from 0 to 10' })
  return found
}

function propertiesOf(schema: Readonly<Record<string, unknown>> | undefined): object {
  const properties = schema?.['properties']
  return typeof properties === 'object' && properties !== null ? properties : {}
}

const findCall: Finder<'call'> = ({ need, operation, on }, { needs }) => {
  const declared = Object.hasOwn(needs, need) ? needs[need] : undefined
  if (!declared) return listMissing('calls the need', need, needs)
  const known = Object.hasOwn(declared.operations, operation) ? declared.operations[operation] : undefined
  if (!known) return listMissing(`calls of "${need}" the operation`, operation, declared.operations)
  const outcomes = declared.optional ? [...known.outcomes, 'unavailable'] : known.outcomes
  const unrouted = outcomes.filter((outcome) => !Object.hasOwn(on, outcome))
  const strange = Object.keys(on).filter((outcome) => !outcomes.includes(outcome))
  return [
    ...unrouted.map((outcome) => ({ problem: `does not say where "${outcome}" leads`, remedy: `route "${outcome}"` })),
    ...strange.map((outcome) => ({
      ...{ problem: `routes "${outcome}", which never happens`, remedy: 'take it out' },
    })),
  ]
}

const findCollection: Finder<'read' | 'write' | 'reserve'> = (step, { collections }) => {
  const name = step.kind === 'write' ? step.to : step.from
  const declared = Object.hasOwn(collections, name) ? collections[name] : undefined
  if (!declared) return listMissing(`${step.kind}s the collection`, name, collections)
  if (step.kind === 'reserve') {
    const span = { problem: `holds for ${step.holdMs} ms`, remedy: 'give a time above 0, like minutes(15)' }
    const missing = listMissing(`reserves of "${name}" the counter`, step.counter, declared.counters)
    return isSpan(step.holdMs) ? missing : [...missing, span]
  }
  if (step.kind === 'write' || step.by === 'key') return []
  const limit = { problem: `reads ${step.limit ?? 'without a limit'}`, remedy: 'give a limit from 1 to 50' }
  const limited = step.limit !== undefined && Number.isSafeInteger(step.limit) && step.limit >= 1 && step.limit <= 50
  const mine = step.by === 'mine' && declared.dataClass === 'personal'
  return [
    ...(mine ? [] : listMissing(`reads "${name}" by the index`, step.by, declared.indexes)),
    ...(limited ? [] : [limit]),
  ]
}

const findRun: Finder<'run'> = ({ flow }, { flows }) => {
  if (Object.hasOwn(flows, flow)) return []
  return [{ problem: `runs the flow "${flow}", which the plugin does not list`, remedy: 'add it to definePlugin' }]
}

const findWait: Finder<'wait'> = (step, { needs }) => {
  if (step.for === 'moment') return []
  const declared = Object.hasOwn(needs, step.need) ? needs[step.need] : undefined
  if (!declared) return listMissing('waits for the need', step.need, needs)
  const span = { problem: `waits ${step.limitMs} ms`, remedy: 'give a limit above 0, like hours(2)' }
  const events = Object.fromEntries(declared.events.map((event) => [event, true]))
  const missing = listMissing(`waits for "${step.need}" to tell`, step.event, events)
  return isSpan(step.limitMs) ? missing : [...missing, span]
}
