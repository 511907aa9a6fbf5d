import type { BotDefinition, OperatorDefinition } from '@inthread/admin'
import type { HttpClient } from '@inthread/sdk/channel'
import { Fault } from '@inthread/sdk/fault'
import type { BuiltTenant } from './build-tenancy.ts'

export interface SandboxParts {
  readonly http: HttpClient
  readonly publicUrl: string
  readonly bank: string | undefined
  readonly operator: string | undefined
}

const usualMs = 5000

/**
 * Tells the sandboxes what a real bank and a real operator would be told on paper: who their client is and where to
 * call back. Only what a definition points at them with `sandbox:` is told.
 */
export async function registerAtSandbox({ definition }: BuiltTenant, parts: SandboxParts): Promise<void> {
  const tenantId = definition.tenant.id
  for (const operator of definition.operators) {
    const bot = definition.bots.find((candidate) => candidate.id === operator.bot)
    if (bot && parts.operator !== undefined && operator['serverRoot'] === 'sandbox:operator')
      await registerChatbot(operator, { bot, tenantId, parts })
  }
  for (const bank of definition.banks) {
    if (parts.bank === undefined || bank['baseUrl'] !== 'sandbox:bank') continue
    const body = {
      jwksUrl: `${parts.publicUrl}/.well-known/jwks.json`,
      webhookUrl: `${parts.publicUrl}/bank/${tenantId}.${bank.id}/events`,
      merchantName: definition.tenant.name,
    }
    await callSandbox(parts.http, 'PUT', {
      url: `${parts.bank}/sandbox/clients/${encodeURIComponent(String(bank['clientId']))}`,
      body,
    })
  }
}

interface Chatbot {
  readonly bot: BotDefinition
  readonly tenantId: string
  readonly parts: SandboxParts
}

async function registerChatbot(operator: OperatorDefinition, { bot, tenantId, parts }: Chatbot): Promise<void> {
  const body = {
    name: bot.name,
    logo: bot.logo,
    serviceNumber: bot.serviceNumber ?? serviceNumberOf(String(operator['chatbotId'])),
    description: bot.description,
    provider: bot.provider,
    address: bot.address,
    phone: bot.phone,
    website: bot.website,
    terms: bot.terms,
    verified: true,
    appId: operator['appId'],
    appKey: operator['appKey'],
    notifyUrl: `${parts.publicUrl}/in/${tenantId}.${operator.id}`,
    callbackToken: operator['callbackToken'],
    callbackAlgorithm: operator['callbackAlgorithm'] ?? 'sha256',
  }
  await callSandbox(parts.http, 'PUT', {
    url: `${parts.operator ?? ''}/sandbox/chatbots/${encodeURIComponent(String(operator['chatbotId']))}`,
    body,
  })
}

/** A chatbot is named by its number, `sip:<number>@<operator>`: a bot that names none has that one. */
function serviceNumberOf(chatbotId: string): string | undefined {
  return /^sips?:\+?([0-9]{3,21})@/.exec(chatbotId)?.[1]
}

/** Its answer. Throws a Fault when the sandbox does not want to. */
export async function callSandbox(
  http: HttpClient,
  method: string,
  { url, body, deadlineMs = usualMs }: { readonly url: string; readonly body: unknown; readonly deadlineMs?: number },
): Promise<string> {
  const answer = await http.send({
    method,
    url,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    deadlineMs,
  })
  if (answer.status >= 300) throw new Fault('sandbox.refused', { data: { status: answer.status } })
  return Buffer.from(answer.body).toString('utf8')
}
