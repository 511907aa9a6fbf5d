import type { RenderedMenuEntry } from '@inthread/sdk/channel'
import { faultCodeOf } from '@inthread/sdk/fault'
import type { Transaction } from '@inthread/store'
import { writeToken, type Token } from '../conversation/token.ts'
import type { MessagingPorts } from '../ports.ts'
import type { PublicationRow } from '../schema/tables.ts'
import { pickWording, type MenuEntry, type Tenancy } from '../tenancy/tenancy.ts'
import { findPublications, markPublication, planMenus, type PublicationResult } from './publication.store.ts'

/** Plans the fixed menus of a tenant as its definition has them now. */
export function planTenantMenus(
  tx: Transaction,
  tenancy: Tenancy,
  { keyring }: Pick<MessagingPorts, 'keyring'>,
): Promise<void> {
  const publications = [...tenancy.operators.values()].flatMap((operator) => {
    const bot = tenancy.bots.get(operator.botId)
    if (!bot || bot.menu.length === 0 || !operator.profile.menu) return []
    const realm = { tenantId: tenancy.scope.tenantId, conversationId: '', botId: bot.id }
    const write = (token: Token): string => writeToken(keyring, realm, token)
    return [{ operatorId: operator.id, menu: bot.menu.map((entry) => renderEntry(entry, tenancy.locale, write)) }]
  })
  return planMenus(tx, tenancy.scope, publications)
}

function renderEntry(entry: MenuEntry, locale: string, write: (token: Token) => string): RenderedMenuEntry {
  const label = pickWording(entry.label, locale)
  if (entry.kind !== 'menu') return { kind: 'reply', label, postback: write(tokenOf(entry)) }
  const entries = entry.entries.map((inner) => ({
    label: pickWording(inner.label, locale),
    postback: write(tokenOf(inner)),
  }))
  return { kind: 'menu', label, entries }
}

export function tokenOf(entry: Exclude<MenuEntry, { kind: 'menu' }>): Token {
  return entry.kind === 'word'
    ? { kind: 'word', word: entry.word }
    : { kind: 'intent', plugin: entry.plugin, intent: entry.intent }
}

/** Publishes what is planned. Done by whichever process comes first; publishing twice does no harm. */
export async function publishMenus(ports: MessagingPorts): Promise<void> {
  for (const row of await findPublications(ports.store)) {
    const result = await publish(ports, row)
    if (result.state === 'failed')
      ports.log.event('publication.failed', { operator: row.operator_id, reason: result.reason ?? '' })
    await markPublication(ports.store, row, result)
  }
}

async function publish(ports: MessagingPorts, row: PublicationRow): Promise<PublicationResult> {
  const operator = (await ports.tenancies.find(row.tenant_id))?.operators.get(row.operator_id)
  // This process has yet to follow the tenant's epoch.
  if (!operator) return { state: 'new', reason: 'no_account', againAfterMs: 1000 }
  try {
    const outcome = await operator.account.publishMenu(JSON.parse(row.body) as RenderedMenuEntry[])
    if (outcome.kind === 'rejected') return { state: 'failed', reason: outcome.reason.slice(0, 190), againAfterMs: 0 }
    if (outcome.kind === 'retry')
      return {
        state: 'new',
        reason: outcome.reason.slice(0, 190),
        againAfterMs: Math.min(1000 * 2 ** row.attempts, 60_000),
      }
    return { state: 'done', reason: null, againAfterMs: 0 }
  } catch (error) {
    return { state: 'new', reason: faultCodeOf(error), againAfterMs: 5000 }
  }
}
