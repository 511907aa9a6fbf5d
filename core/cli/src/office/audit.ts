import type { AdminApi } from '@inthread/client'
import { callPlatform } from '../books/call-platform.ts'
import { CommandError, exits, type Output } from '../commands/output.ts'
import { gatherPages } from './gather-pages.ts'
import { readLimit, tellNext, type ListOptions } from './list-options.ts'
import { readTime, tellTime } from './moment.ts'

export interface AuditOptions extends ListOptions {
  readonly tenant?: string
  readonly actor?: string
  readonly action?: string
  readonly object?: string
  readonly from?: string
  readonly until?: string
}

export const auditHelp = `
list             what was done at a tenant and by whom, the newest first, a page at a time
verify           whether records were changed, deleted, inserted, reordered or cut off since they were written: of one
                 tenant with --tenant, or of all and of the platform itself, whose name here is "*"

Exit code 1 when verify has found something.
`

type Verified = Awaited<ReturnType<AdminApi['audit']['verify']['query']>>
type Finding = Verified['findings'][number]

/** A chain that is broken in more places than this is not looked at further. */
const findingsAtMost = 1000

interface Report {
  readonly tenant: string
  readonly ok: boolean
  readonly checked: number
  readonly findings: readonly Finding[]
  readonly summary: Verified['summary']
}

/** Who did what, and whether that still stands as it was written. */
export async function runAudit(action: string, options: AuditOptions, output: Output): Promise<number> {
  if (action === 'list') return listPage(options, output)
  if (action !== 'verify') throw new CommandError(`There is no "audit ${action}": use list or verify.`, exits.badInput)
  const reports: Report[] = []
  for (const tenant of await listTenants(options)) {
    const report = await verify(tenant, options)
    reports.push(report)
    for (const line of renderReport(report)) output.line(line)
  }
  output.result({ ok: reports.every(({ ok }) => ok), tenants: reports })
  return reports.every(({ ok }) => ok) ? exits.ok : exits.failed
}

async function listTenants(options: AuditOptions): Promise<readonly string[]> {
  if (options.tenant !== undefined) return [options.tenant]
  const tenants = await gatherPages((page) => callPlatform(options, (api) => api.tenants.list.query(page)))
  return ['*', ...tenants.map(({ tenant }) => tenant)]
}

async function verify(tenant: string, options: AuditOptions): Promise<Report> {
  const findings: Finding[] = []
  let checked = 0
  for (let cursor: string | undefined; ;) {
    const step = await callPlatform(options, (api) => api.audit.verify.query({ tenant, cursor }))
    checked += step.checked
    for (const finding of step.findings) findings.push(finding)
    if (step.next === null || findings.length >= findingsAtMost) {
      const { summary } = step
      const ok = findings.length === 0 && (summary?.anchors.forged ?? 0) === 0
      return { tenant, ok, checked, findings, summary }
    }
    cursor = step.next
  }
}

function renderReport({ tenant, ok, checked, findings, summary }: Report): string[] {
  const tail = summary && summary.tail > 0 ? `, ${summary.tail} wait for their link` : ''
  const head = `${ok ? 'whole   ' : 'BROKEN  '} ${tenant}  ${checked} records${tail}${renderAnchors(summary)}`
  const over = summary === null ? ['  and more: not looked at further'] : []
  return [head, ...findings.map(renderFinding), ...over]
}

function renderAnchors(summary: Verified['summary']): string {
  if (!summary) return ''
  const { checked, forged, foreign, unreadable } = summary.anchors
  const rest = [
    forged > 0 ? `${forged} FORGED` : '',
    foreign > 0 ? `${foreign} of another key` : '',
    unreadable > 0 ? `${unreadable} unreadable` : '',
  ].filter((text) => text !== '')
  const none = checked === 0 ? ' (a chain that lost its end cannot be told)' : ''
  return `, ${[`${checked} anchors${none}`, ...rest].join(', ')}`
}

function renderFinding({ kind, seq, until, record, from }: Finding): string {
  const place = until > seq ? `${seq} to ${until}` : `${seq}`
  const origin = from === null ? '' : `, from ${from}`
  return `  ${kind}  at ${place}${origin}${record === null ? '' : `  record ${record}`}`
}

async function listPage(options: AuditOptions, output: Output): Promise<number> {
  const { tenant, actor, action, object, cursor } = options
  if (tenant === undefined) throw new CommandError('Say whose records with --tenant.', exits.badInput)
  const limit = readLimit(options.limit)
  const from = readTime('--from', options.from)
  const until = readTime('--until', options.until)
  const filters = { tenant, actor, action, object, from, until }
  const page = await callPlatform(options, (api) => api.audit.list.query({ ...filters, cursor, limit }))
  output.result(page)
  for (const { seq, at, actor: who, action: what, object: whom } of page.items)
    output.line(`${seq ?? '-'}  ${tellTime(at)}  ${who.kind} ${who.id}  ${what}  ${whom.kind} ${whom.id}`)
  tellNext(page.next, output)
  return exits.ok
}
