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

const deadlineMs = 5000

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

/**
 * The sandbox's bank and operator live in the same time as the platform: none of them is left behind this offset, or
 * behind one another. Resolves to the offset that all of them have then. It is named as a whole and not as a step,
 * because a platform that was killed between two of them would count a step twice, or leave one of them in the past,
 * where no signature is valid.
 */
export async function alignSandbox(offsetMs: number, parts: SandboxParts): Promise<number> {
  const clocks = listClocks(parts)
  const offsets = await Promise.all(clocks.map((url) => advanceClock(parts.http, url, 0)))
  const wantedMs = Math.max(offsetMs, ...offsets)
  for (const [index, url] of clocks.entries()) {
    const stepMs = wantedMs - (offsets[index] ?? 0)
    if (stepMs > 0) await advanceClock(parts.http, url, stepMs)
  }
  return wantedMs
}

/** The bank's first: what is due there happens before anybody asks about it. */
function listClocks({ bank, operator }: SandboxParts): string[] {
  const ofBank = bank === undefined ? [] : [`${bank}/v1/simulations/clock`]
  return operator === undefined ? ofBank : [...ofBank, `${operator}/sandbox/clock`]
}

/** The offset after it. */
async function advanceClock(http: HttpClient, url: string, stepMs: number): Promise<number> {
  const answer = await callSandbox(http, 'POST', { url, body: { advance: stepMs } })
  const { offsetMs } = JSON.parse(answer) as { readonly offsetMs?: unknown }
  if (typeof offsetMs === 'number') return offsetMs
  throw new Fault('sandbox.refused', { data: { reason: 'a clock without an offset' } })
}

/** Its answer. Throws a Fault when the sandbox does not want to. */
export async function callSandbox(
  http: HttpClient,
  method: string,
  { url, body }: { readonly url: string; readonly body: unknown },
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
