import { findWireMoney, formatMoney } from '../../money.ts'
import type { EgressHost } from '../../plugin/egress.ts'
import { defaultLimits, type Limits } from '../../plugin/contract.ts'
import type { Said } from '../../fault/saying.ts'
import type { Manifest, ManifestNeed } from '../manifest-schema.ts'
import { isSame, pairChanged, type Difference, type Named, type Verdict, type Versions } from './difference.ts'
import { sayDifference as say } from './say-difference.ts'

/** What the plugin may do: whoever agreed to less is asked again. */
export function compareRights({ before, after }: Versions): Difference[] {
  return [
    ...pairChanged(before.needs, after.needs).flatMap(compareNeed),
    ...pairChanged(before.egress, after.egress).flatMap(compareEgress),
    ...pairChanged(before.secrets, after.secrets).flatMap(compareSecret),
    ...pairChanged(before.listens, after.listens).map(compareListen),
    ...pairChanged(before.emits, after.emits).map(compareEmit),
    ...compareLimits(before, after),
    ...compareResidency(before, after),
  ]
}

function at(path: string): (verdict: Verdict, reason: Said) => Difference {
  return (verdict, reason) => ({ path, verdict, reason })
}

function compareNeed({ name, before, after }: Named<ManifestNeed>): Difference[] {
  const tell = at(`$.needs.${name}`)
  if (!after) return [tell('silent', say('upgrade.need_gone', { name }))]
  if (!before) return [tell('consent', say('upgrade.need_new', { name, capability: after.capability }))]
  const found: Difference[] = []
  if (before.capability !== after.capability)
    found.push(tell('consent', say('upgrade.need_other', { name, after: after.capability, before: before.capability })))
  if (before.range !== after.range)
    found.push(tell('notify', say('upgrade.need_range', { name, range: after.range, capability: after.capability })))
  if (before.optional && !after.optional) found.push(tell('consent', say('upgrade.need_required', { name })))
  if (!isSame(before.purpose, after.purpose)) found.push(tell('consent', say('upgrade.need_purpose', { name })))
  return [...found, ...compareCeilings(name, before, after)]
}

function compareCeilings(name: string, before: ManifestNeed, after: ManifestNeed): Difference[] {
  const tell = at(`$.needs.${name}.ceiling`)
  const amounts = (['perCall', 'perUserDay', 'perDay'] as const).flatMap((window) => {
    const [was, is] = [before, after].map((need) => findWireMoney(need.ceiling?.[window]))
    if (isSame(was && { ...was, amountMinor: `${was.amountMinor}` }, is && { ...is, amountMinor: `${is.amountMinor}` }))
      return []
    if (!is) return [tell('consent', say('upgrade.ceiling_gone', { window, name }))]
    const raised = was !== undefined && (was.currency !== is.currency || is.amountMinor > was.amountMinor)
    const code = raised ? 'upgrade.ceiling_raised' : 'upgrade.ceiling_now'
    return [tell(raised ? 'consent' : 'silent', say(code, { window, name, amount: formatMoney(is) }))]
  })
  const [was, is] = [before.ceiling?.perMinute, after.ceiling?.perMinute]
  if (was === is) return amounts
  const raised = is === undefined || (was !== undefined && is > was)
  const reason = is === undefined ? say('upgrade.calls_unlimited', { name }) : say('upgrade.calls', { name, n: is })
  return [...amounts, tell(raised ? 'consent' : 'silent', reason)]
}

type Egress = Manifest['egress'][string]

function compareEgress({ name, before, after }: Named<Egress>): Difference[] {
  const tell = at(`$.egress.${name}`)
  if (!after) return [tell('silent', say('upgrade.egress_gone', { name }))]
  const host = writeHost(after.host)
  if (!before) return [tell('consent', say('upgrade.egress_new', { host, data: after.data.join(', ') }))]
  const found: Difference[] = []
  if (!isSame(before.host, after.host)) found.push(tell('consent', say('upgrade.egress_host', { name, host })))
  const more = after.data.filter((each) => !before.data.includes(each))
  if (more.length > 0) found.push(tell('consent', say('upgrade.egress_data', { data: more.join(', '), host })))
  if (!isSame(before.purpose, after.purpose)) found.push(tell('consent', say('upgrade.egress_purpose', { host })))
  if (before.secret !== after.secret) found.push(tell('consent', say('upgrade.egress_secret', { host })))
  if (before.sign !== after.sign) found.push(tell('notify', say('upgrade.egress_sign', { host })))
  return found.length > 0 ? found : [tell('silent', say('upgrade.egress_answer', { host }))]
}

function writeHost(host: EgressHost): string {
  return typeof host === 'string' ? host : `config.${host.config}`
}

function compareSecret({ name, before, after }: Named<Manifest['secrets'][string]>): Difference[] {
  const tell = at(`$.secrets.${name}`)
  if (!after) return [tell('notify', say('upgrade.secret_gone', { name }))]
  if (!before) return [tell('consent', say('upgrade.secret_new', { name }))]
  const more = after.hosts.filter((host) => !before.hosts.some((known) => isSame(known, host)))
  const hosts = more.map((host) => tell('consent', say('upgrade.secret_host', { name, host: writeHost(host) })))
  const purpose = isSame(before.purpose, after.purpose) ? [] : [tell('consent', say('upgrade.need_purpose', { name }))]
  return [...hosts, ...purpose]
}

function compareListen({ name, before, after }: Named<Manifest['listens'][string]>): Difference {
  const tell = at(`$.listens.${name}`)
  if (!after) return tell('silent', say('upgrade.listen_gone', { name }))
  if (!before || before.plugin !== after.plugin || before.event !== after.event)
    return tell('consent', say('upgrade.listen_new', { event: after.event, plugin: after.plugin }))
  if (after.urgent && !before.urgent) return tell('consent', say('upgrade.listen_urgent', { name }))
  return tell('silent', say('upgrade.listen_other', { name }))
}

function compareEmit({ name, before, after }: Named<Manifest['emits'][string]>): Difference {
  const tell = at(`$.emits.${name}`)
  if (!after) return tell('notify', say('upgrade.emit_gone', { name }))
  return tell('notify', say(before ? 'upgrade.emit_data' : 'upgrade.emit_new', { name }))
}

function compareLimits(before: Manifest, after: Manifest): Difference[] {
  return Object.entries(defaultLimits).flatMap(([name, usual]: [string, number]) => {
    const [was, is] = [before, after].map(({ limits }) => limits[name as keyof Limits] ?? usual)
    if (was === undefined || is === undefined || was === is) return []
    return [
      at(`$.limits.${name}`)(is > was ? 'notify' : 'silent', say('upgrade.limit', { name, before: was, after: is })),
    ]
  })
}

function compareResidency(before: Manifest, after: Manifest): Difference[] {
  if (isSame(before.residency, after.residency)) return []
  const more = before.residency && after.residency?.every((region) => before.residency?.includes(region)) !== true
  const regions = after.residency?.join(', ')
  const reason = regions === undefined ? say('upgrade.residency_anywhere') : say('upgrade.residency', { regions })
  return [at('$.residency')(more ? 'consent' : 'silent', reason)]
}
