import { findWireMoney } from '../../money.ts'
import type { Limits } from '../../plugin/contract.ts'
import { isRange, isVersion } from '../version.ts'
import type { Manifest, ManifestNeed } from '../manifest-schema.ts'
import type { ManifestProblem } from './problem.ts'

/** The most that a package may ask for. A tier or a tenant may allow less. */
export const highestLimits: Limits = {
  stepMs: 1000,
  heapBytes: 64 * 1024 * 1024,
  messagesPerTurn: 20,
  callsPerRun: 200,
  stateBytes: 256 * 1024,
}

const plainName = /^[A-Za-z][A-Za-z0-9_-]*$/
const takenNames = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'])

/** Names, versions, limits, needs and residency. */
export function findContractProblems(manifest: Manifest): ManifestProblem[] {
  return [
    ...findIdentityProblems(manifest),
    ...findNameProblems(manifest),
    ...findLimitProblems(manifest),
    ...Object.entries(manifest.needs).flatMap(([alias, need]) => findNeedProblems(alias, need)),
    ...findDialogueProblems(manifest),
  ]
}

function findIdentityProblems({ id, version, host, locales, residency }: Manifest): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    problems.push({ path: '$.id', problem: `"${id}" is no id`, remedy: 'write it in lower case, like "train-tickets"' })
  if (id === 'bank')
    problems.push({ path: '$.id', problem: '"bank" is whom plugins listen to', remedy: 'choose another id' })
  if (!isVersion(version))
    problems.push({ path: '$.version', problem: `"${version}" is no version`, remedy: 'write it like "1.4.0"' })
  if (!isRange(host))
    problems.push({ path: '$.host', problem: `"${host}" is no range of versions`, remedy: 'write it like "^1.2"' })
  if (locales.length === 0)
    problems.push({ path: '$.locales', problem: 'it speaks no language', remedy: 'name one, like "zh-CN"' })
  for (const locale of locales.filter((name) => !/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/.test(name)))
    problems.push({ path: '$.locales', problem: `"${locale}" is no locale`, remedy: 'write it like "zh-CN" or "en"' })
  for (const region of residency?.filter((name) => !/^[A-Z]{2}$/.test(name)) ?? [])
    problems.push({ path: '$.residency', problem: `"${region}" is no region`, remedy: 'write it like "CN"' })
  if (residency?.length === 0) {
    const problem = 'what it keeps may be stored nowhere'
    problems.push({ path: '$.residency', problem, remedy: 'name a region, or leave residency out' })
  }
  return problems
}

/** Plain names: none that an object has by itself. */
function findNameProblems(manifest: Manifest): ManifestProblem[] {
  const { secrets, needs, texts, collections, egress, emits, listens, flows } = manifest
  const sections = { secrets, needs, texts, collections, egress, emits, listens, flows }
  const steps = Object.entries(flows).map(([id, flow]): [string, object] => [`flows.${id}.steps`, flow.steps])
  return [...Object.entries(sections), ...steps].flatMap(([section, named]) =>
    Object.keys(named)
      .filter((name) => !plainName.test(name) || takenNames.has(name))
      .map((name) => ({
        ...{ path: `$.${section}.${name}`, problem: `"${name}" cannot be a name` },
        remedy: 'use letters, digits, - and _, beginning with a letter',
      })),
  )
}

function findLimitProblems({ limits }: Manifest): ManifestProblem[] {
  return Object.entries(limits).flatMap(([name, asked]) => {
    const most = highestLimits[name as keyof Limits]
    if (asked === undefined || (Number.isSafeInteger(asked) && asked > 0 && asked <= most)) return []
    const problem = `it asks for ${asked} ${name}, and gets at most ${most}`
    return [{ path: `$.limits.${name}`, problem, remedy: `ask for a whole number from 1 to ${most}, or leave it out` }]
  })
}

function findNeedProblems(alias: string, { range, ceiling, version }: ManifestNeed): ManifestProblem[] {
  const path = `$.needs.${alias}`
  const problems: ManifestProblem[] = []
  if (!isRange(range)) {
    const problem = `the need "${alias}" has the range "${range}"`
    problems.push({ path: `${path}.range`, problem, remedy: `write it like "^${version.split('.')[0]}"` })
  }
  if (!ceiling) return problems
  const order = (['perCall', 'perUserDay', 'perDay'] as const).flatMap((name) => {
    const wire = ceiling[name]
    return wire ? [{ name, amount: findWireMoney(wire) }] : []
  })
  order.forEach(({ name, amount }, index) => {
    const below = order[index - 1]
    if (!amount || amount.amountMinor <= 0n) {
      const problem = `the ceiling ${name} of "${alias}" is no amount above nothing`
      problems.push({ path: `${path}.ceiling.${name}`, problem, remedy: 'write it with money("100.00", "CNY")' })
    } else if (below?.amount && below.amount.currency !== amount.currency) {
      const problem = `the ceilings of "${alias}" are in ${below.amount.currency} and in ${amount.currency}`
      problems.push({ path: `${path}.ceiling.${name}`, problem, remedy: 'write all of them in one currency' })
    } else if (below?.amount && below.amount.amountMinor > amount.amountMinor) {
      const problem = `the ceiling ${below.name} of "${alias}" is higher than ${name}`
      problems.push({ path: `${path}.ceiling.${below.name}`, problem, remedy: `lower it, or raise ${name}` })
    }
  })
  return problems
}

function findDialogueProblems({ provides, dialogues, needs }: Manifest): ManifestProblem[] {
  const named = Object.keys(dialogues)
  if (!provides && named.length > 0) {
    const problem = `it has dialogues (${named.join(', ')}) and provides no capability`
    return [{ path: '$.dialogues', problem, remedy: 'take them out, or say what it provides' }]
  }
  if (!provides || !Object.values(needs).some(({ capability }) => capability === provides.capability)) return []
  const problem = `it provides "${provides.capability}" and needs it itself`
  return [{ path: '$.needs', problem, remedy: 'call the desk of the capability instead' }]
}
