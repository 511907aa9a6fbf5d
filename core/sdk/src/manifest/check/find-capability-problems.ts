import { listRouteProblems } from '../../capability.ts'
import { isStandardCapability } from '../../capability/standard.ts'
import type { PublishedCapability } from '../../capability/published-capability.ts'
import { moneyFormat } from '../../money.ts'
import type { JsonSchema, Manifest } from '../manifest-schema.ts'
import { isVersion } from '../version.ts'
import type { ManifestProblem } from './problem.ts'

/** How an order may end: each of them has to be told to the scene. */
const ends = ['succeeded', 'declined', 'cancelled', 'expired', 'unknown']

/** As many characters fit on the card that the user confirms. */
const purposeLength = 60

/** A capability that comes with the package: the core makes an order of each of its operations, so it has to fit. */
export function findCapabilityProblems({ provides }: Manifest): ManifestProblem[] {
  if (!provides) return []
  const { capability, version, definition } = provides
  const path = '$.provides'
  if (!definition) {
    if (isStandardCapability(capability)) return []
    const problem = `"${capability}" is none of the platform's capabilities, and its definition is missing`
    return [{ path, problem, remedy: 'build the package again: its definition is put into the manifest' }]
  }
  if (isStandardCapability(capability)) {
    const problem = `"${capability}" is defined by the platform and by this package`
    return [{ path, problem, remedy: 'give your capability a name of its own' }]
  }
  return [
    ...(isVersion(version)
      ? []
      : [{ path: `${path}.version`, problem: `"${version}" is no version`, remedy: 'write it like "1.0.0"' }]),
    ...findAudienceProblems(capability, definition),
    ...Object.entries(definition.operations).flatMap(([name, operation]) => findOperationProblems(name, operation)),
  ]
}

function findAudienceProblems(capability: string, { audience, operations }: PublishedCapability): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  if (audience !== 'scene') {
    const problem = `"${capability}" is for dialogues, and what dialogues may ask of a bank is up to the platform`
    problems.push({ path: '$.provides.definition.audience', problem, remedy: 'write audience: "scene"' })
  }
  if (Object.keys(operations).length === 0) {
    const problem = `"${capability}" has no operation`
    problems.push({ path: '$.provides.definition.operations', problem, remedy: 'add what a scene can call' })
  }
  return problems
}

type PublishedOperation = PublishedCapability['operations'][string]

function findOperationProblems(name: string, operation: PublishedOperation): ManifestProblem[] {
  const path = `$.provides.definition.operations.${name}`
  if (operation.class !== 'commit') {
    if (!operation.bank) {
      const problem = `"${name}" has the class ${operation.class}, and says nothing of how the bank is asked`
      return [{ path: `${path}.class`, problem, remedy: 'write class: "commit", or add "bank" with its route' }]
    }
    return listRouteSentences(name, operation)
  }
  const problems: ManifestProblem[] = listRouteSentences(name, operation)
  const missing = ends.filter((end) => !Object.hasOwn(operation.outcomes, end))
  if (missing.length > 0) {
    const problem = `"${name}" cannot end as ${missing.join(', ')}, and an order can`
    problems.push({ path: `${path}.outcomes`, problem, remedy: `add the outcomes ${missing.join(', ')}` })
  }
  return operation.confirm ? problems : [...problems, ...findPaymentProblems(name, operation)]
}

function listRouteSentences(name: string, operation: PublishedOperation): ManifestProblem[] {
  return listRouteProblems(operation).map((problem) => ({
    path: `$.provides.definition.operations.${name}.bank`,
    problem: `"${name}" ${problem}`,
    remedy: 'name outcomes that the operation has, and a path of the shared bank API',
  }))
}

/** What says nothing of its own about the confirmation is confirmed like a payment, and has to say as much. */
function findPaymentProblems(name: string, operation: PublishedOperation): ManifestProblem[] {
  const path = `$.provides.definition.operations.${name}`
  const problems: ManifestProblem[] = []
  const { amount, purpose } = fieldsOf(operation.input)
  if (amount?.['format'] !== moneyFormat) {
    const problem = `the input of "${name}" has no amount, which its order is judged by`
    problems.push({ path: `${path}.input`, problem, remedy: 'add amount: moneySchema' })
  }
  const most = purpose?.['maxLength']
  if (purpose?.['type'] !== 'string' || typeof most !== 'number' || most > purposeLength) {
    const problem = `the input of "${name}" has no purpose, which stands on the card that the user confirms`
    problems.push({ path: `${path}.input`, problem, remedy: `add purpose: z.string().min(1).max(${purposeLength})` })
  }
  return problems
}

function fieldsOf({ properties, required }: JsonSchema): Readonly<Record<string, JsonSchema | undefined>> {
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.fromEntries(
    Object.entries(properties ?? {}).filter(([field]) => needed.includes(field)) as [string, JsonSchema][],
  )
}
