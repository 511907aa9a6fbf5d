import type { RenderedMenuEntry, SendOutcome } from '@inthread/sdk/channel'
import { listCtCuMenuProblems } from '../../rcc07/ct-cu-profile.ts'
import { listMenuProblems } from '../../rcc07/list-menu-problems.ts'
import { buildReply } from './build-suggestion.ts'
import type { OperatorLink } from './exchange.ts'
import { renderProblems } from './list-body-problems.ts'
import { runCall, type CallOutcome } from './run-call.ts'

/**
 * Hands the fixed menu in. `sent` means that the operator took it for its audit; the result comes as a report with the
 * topic `audit_result`. The provider gives the menu no name, so `providerRef` is the chatbot's address.
 */
export async function publishMenu(link: OperatorLink, menu: readonly RenderedMenuEntry[]): Promise<SendOutcome> {
  const body = { menu: { entries: menu.map(buildEntry) } }
  const problems = [...listMenuProblems(body), ...listCtCuMenuProblems(body)]
  if (problems.length > 0) return { kind: 'rejected', reason: renderProblems(problems) }
  return settleAccountCall(link, await runCall(link, { method: 'POST', path: '/update/chatBotInfo/menu', body }))
}

/**
 * Reads the chatbot's own entry: the one call that proves address, account and token and changes nothing. It uses the
 * token at hand, because a new one would kill it under the messages that are on their way.
 */
export async function probeAccount(link: OperatorLink): Promise<SendOutcome> {
  return settleAccountCall(link, await runCall(link, { method: 'GET', path: '/find/chatBotInfo', codeOptional: true }))
}

function buildEntry(entry: RenderedMenuEntry): object {
  if (entry.kind === 'reply') return buildReply(entry)
  return { menu: { displayText: entry.label, entries: entry.entries.map(buildReply) } }
}

/** For calls about the account itself, where a refused sign-in is the final answer that somebody has to see. */
function settleAccountCall(link: OperatorLink, outcome: CallOutcome): SendOutcome {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'sent', providerRef: link.settings.chatbotId }
    case 'sign_in_refused':
      return { kind: 'rejected', reason: outcome.reason }
    default:
      return outcome
  }
}
