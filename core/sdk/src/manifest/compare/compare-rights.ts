import { findWireMoney, formatMoney } from '../../money.ts'
import type { EgressHost } from '../../plugin/egress.ts'
import { defaultLimits, type Limits } from '../../plugin/contract.ts'
import type { Manifest, ManifestNeed } from '../manifest-schema.ts'
import { isSame, pairChanged, type Difference, type Named, type Verdict, type Versions } from './difference.ts'

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

function say(path: string): (verdict: Verdict, reason: string) => Difference {
  return (verdict, reason) => ({ path, verdict, reason })
}

function compareNeed({ name, before, after }: Named<ManifestNeed>): Difference[] {
  const tell = say(`$.needs.${name}`)
  if (!after) return [tell('silent', `it no longer needs "${name}"`)]
  if (!before) return [tell('consent', `it needs "${name}" (${after.capability}), which is new`)]
  const found: Difference[] = []
  if (before.capability !== after.capability)
    found.push(tell('consent', `"${name}" is ${after.capability} instead of ${before.capability}`))
  if (before.range !== after.range) found.push(tell('notify', `"${name}" takes ${after.range} of ${after.capability}`))
  if (before.optional && !after.optional) found.push(tell('consent', `it cannot do without "${name}" any more`))
  if (!isSame(before.purpose, after.purpose)) found.push(tell('consent', `the purpose of "${name}" changed`))
  return [...found, ...compareCeilings(name, before, after)]
}

function compareCeilings(name: string, before: ManifestNeed, after: ManifestNeed): Difference[] {
  const tell = say(`$.needs.${name}.ceiling`)
  const amounts = (['perCall', 'perUserDay', 'perDay'] as const).flatMap((window) => {
    const [was, is] = [before, after].map((need) => findWireMoney(need.ceiling?.[window]))
    if (isSame(was && { ...was, amountMinor: `${was.amountMinor}` }, is && { ...is, amountMinor: `${is.amountMinor}` }))
      return []
    if (!is) return [tell('consent', `the ceiling ${window} of "${name}" is gone`)]
    const raised = was !== undefined && (was.currency !== is.currency || is.amountMinor > was.amountMinor)
    const to = formatMoney(is)
    return [
      tell(
        raised ? 'consent' : 'silent',
        `the ceiling ${window} of "${name}" is ${raised ? 'raised to' : 'now'} ${to}`,
      ),
    ]
  })
  const [was, is] = [before.ceiling?.perMinute, after.ceiling?.perMinute]
  if (was === is) return amounts
  const raised = is === undefined || (was !== undefined && is > was)
  return [...amounts, tell(raised ? 'consent' : 'silent', `calls a minute of "${name}": ${is ?? 'without a ceiling'}`)]
}

type Egress = Manifest['egress'][string]

function compareEgress({ name, before, after }: Named<Egress>): Difference[] {
  const tell = say(`$.egress.${name}`)
  if (!after) return [tell('silent', `it no longer asks "${name}"`)]
  const host = writeHost(after.host)
  if (!before) return [tell('consent', `it asks ${host}, which is new, and sends ${after.data.join(' and ')} data`)]
  const found: Difference[] = []
  if (!isSame(before.host, after.host)) found.push(tell('consent', `"${name}" is ${host} now`))
  const more = after.data.filter((each) => !before.data.includes(each))
  if (more.length > 0) found.push(tell('consent', `${more.join(' and ')} data go to ${host}, which is new`))
  if (!isSame(before.purpose, after.purpose)) found.push(tell('consent', `the purpose of asking ${host} changed`))
  if (before.secret !== after.secret) found.push(tell('consent', `another secret goes to ${host}`))
  if (before.sign !== after.sign) found.push(tell('notify', `requests to ${host} are signed otherwise`))
  return found.length > 0 ? found : [tell('silent', `${host} answers something else`)]
}

function writeHost(host: EgressHost): string {
  return typeof host === 'string' ? host : `the host in config.${host.config}`
}

function compareSecret({ name, before, after }: Named<Manifest['secrets'][string]>): Difference[] {
  const tell = say(`$.secrets.${name}`)
  if (!after) return [tell('notify', `the secret "${name}" is no longer used`)]
  if (!before) return [tell('consent', `it wants the secret "${name}", which is new`)]
  const more = after.hosts.filter((host) => !before.hosts.some((known) => isSame(known, host)))
  const hosts = more.map((host) => tell('consent', `the secret "${name}" may also go to ${writeHost(host)}`))
  const purpose = isSame(before.purpose, after.purpose) ? [] : [tell('consent', `the purpose of "${name}" changed`)]
  return [...hosts, ...purpose]
}

function compareListen({ name, before, after }: Named<Manifest['listens'][string]>): Difference {
  const tell = say(`$.listens.${name}`)
  if (!after) return tell('silent', `it no longer listens to "${name}"`)
  if (!before || before.plugin !== after.plugin || before.event !== after.event)
    return tell('consent', `it listens to "${after.event}" of "${after.plugin}", which is new`)
  if (after.urgent && !before.urgent) return tell('consent', `"${name}" no longer waits for anything else`)
  return tell('silent', `it takes "${name}" otherwise`)
}

function compareEmit({ name, before, after }: Named<Manifest['emits'][string]>): Difference {
  const tell = say(`$.emits.${name}`)
  if (!after) return tell('notify', `the event "${name}" is gone: plugins that listen hear nothing`)
  return tell('notify', `the event "${name}" ${before ? 'carries other data' : 'is new'}`)
}

function compareLimits(before: Manifest, after: Manifest): Difference[] {
  return Object.entries(defaultLimits).flatMap(([name, usual]: [string, number]) => {
    const [was, is] = [before, after].map(({ limits }) => limits[name as keyof Limits] ?? usual)
    if (was === undefined || is === undefined || was === is) return []
    return [say(`$.limits.${name}`)(is > was ? 'notify' : 'silent', `${name} goes from ${was} to ${is}`)]
  })
}

function compareResidency(before: Manifest, after: Manifest): Difference[] {
  if (isSame(before.residency, after.residency)) return []
  const more = before.residency && after.residency?.every((region) => before.residency?.includes(region)) !== true
  const where = after.residency?.join(', ') ?? 'anywhere'
  return [say('$.residency')(more ? 'consent' : 'silent', `what it keeps may be stored in: ${where}`)]
}
