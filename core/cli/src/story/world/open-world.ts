import type { z } from 'zod'
import { AdminError, type AdminApi } from '@inthread/client'
import {
  chatbotsSchema,
  clockSchema,
  codesSchema,
  definitionSchema,
  ledgerSchema,
  listMenuLabels,
  paymentsSchema,
} from './sandbox-answers.ts'
import { createSandboxCall, type Party, type SandboxCall } from './sandbox-call.ts'
import { threadsSchema } from './sight.ts'
import { StoryError, type StoryWorld, type TenantFacts } from './story-world.ts'

export interface WorldParts {
  readonly platformUrl: string
  readonly bankUrl: string
  readonly operatorUrl: string
  readonly api: AdminApi
  readonly fetch: typeof fetch
  /** A definition and its files, as the admin API takes them. */
  readonly readDefinition: (path: string) => { readonly definition: unknown; readonly files: Record<string, string> }
}

/** A running sandbox, reached over HTTP alone: its controls and the platform’s admin API. */
export function openWorld(parts: WorldParts): StoryWorld {
  const call = createSandboxCall(parts.fetch)
  const platform: Party = { name: 'platform', url: parts.platformUrl }
  const bank: Party = { name: 'sandbox bank', url: parts.bankUrl }
  const operator: Party = { name: 'sandbox operator', url: parts.operatorUrl }
  return {
    ...reachPhone(call, operator),
    ...reachBank(call, bank),
    ...reachAdmin(parts),
    advance: async (advance) => {
      const answer = await call(platform, { method: 'POST', path: '/sandbox/clock', body: { advance } })
      return new Date(read(clockSchema, answer, platform).now)
    },
    setFault: async ({ at, ...body }) => {
      await call(at === 'bank' ? bank : operator, { method: 'POST', path: '/sandbox/faults', body })
    },
    clearFaults: async (at) => {
      const parties = at === undefined ? [bank, operator] : [at === 'bank' ? bank : operator]
      for (const party of parties) await call(party, { method: 'DELETE', path: '/sandbox/faults' })
    },
  }
}

type PhoneControls = Pick<StoryWorld, 'say' | 'tap' | 'listMessages' | 'listMenu' | 'forceStatus'>

function reachPhone(call: SandboxCall, operator: Party): PhoneControls {
  const post = async (path: string, body: object): Promise<void> => {
    await call(operator, { method: 'POST', path, body })
  }
  return {
    say: ({ phone, bot }, text) => post('/sandbox/say', { from: phone, to: bot, text }),
    tap: ({ phone, bot }, button) => post('/sandbox/tap', { from: phone, to: bot, ...button }),
    listMessages: async ({ phone, bot }) => {
      const answer = await call(operator, { path: `/sandbox/threads?phone=${encodeURIComponent(phone)}` })
      const { threads } = read(threadsSchema, answer, operator)
      return threads.find(({ kind, address }) => kind === 'chatbot' && address === bot)?.messages ?? []
    },
    listMenu: async (bot) => {
      const { chatbots } = read(chatbotsSchema, await call(operator, { path: '/sandbox/chatbots' }), operator)
      return listMenuLabels(chatbots.find(({ chatbotId }) => chatbotId === bot)?.menu ?? { entries: [] })
    },
    forceStatus: (messageId, { at: _at, of: _of, ...notice }) => post('/sandbox/status', { messageId, ...notice }),
  }
}

type BankControls = Pick<StoryWorld, 'listCodes' | 'setAccountState' | 'readBank'>

function reachBank(call: SandboxCall, bank: Party): BankControls {
  return {
    listCodes: async (phone) =>
      read(codesSchema, await call(bank, { path: `/sandbox/codes?phone=${encodeURIComponent(phone)}` }), bank).codes,
    setAccountState: async (accountId, state) => {
      const path = `/sandbox/accounts/${encodeURIComponent(accountId)}`
      await call(bank, { method: 'PUT', path, body: { state } })
    },
    readBank: async () => {
      const ledger = read(ledgerSchema, await call(bank, { path: '/sandbox/ledger' }), bank)
      const { payments } = read(paymentsSchema, await call(bank, { path: '/sandbox/payments' }), bank)
      // The bank shows the newest first.
      return { ...ledger, payments: payments.toReversed() }
    },
  }
}

type AdminControls = Pick<StoryWorld, 'findTenant' | 'applyDefinition' | 'findOrder' | 'readBook'>

function reachAdmin({ api, readDefinition }: WorldParts): AdminControls {
  return {
    findTenant: async (tenant) => {
      const found = await findOr404(api.tenants.get.query({ tenant }))
      return found && readFacts(found.definition)
    },
    applyDefinition: async (path) => {
      const { tenant, problems } = await ask(api.tenants.apply.mutate(readDefinition(path)))
      const said = problems.map((problem) => `${problem.path}: ${problem.message}`).join('; ')
      if (tenant === null) throw new StoryError('environment', `The definition ${path} was not taken: ${said}`)
      return tenant
    },
    findOrder: (tenant, order) => findOr404(api.orders.get.query({ tenant, order })),
    readBook: (tenant) => ask(api.orders.book.query({ tenant })),
  }
}

function ask<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    if (!(error instanceof AdminError)) throw error
    const said = error.code === 'UNREACHABLE' ? `There is ${error.message}` : `The platform said: ${error.message}.`
    throw new StoryError('environment', said, error)
  })
}

async function findOr404<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AdminError && error.code === 'NOT_FOUND') return undefined
    return ask(Promise.reject(error))
  }
}

function readFacts(definition: unknown): TenantFacts {
  const { tenant, operators } = definitionSchema.parse(definition)
  return { ...tenant, chatbots: operators.flatMap(({ chatbotId }) => chatbotId ?? []) }
}

function read<T>(schema: z.ZodType<T>, answer: unknown, { name, url }: Party): T {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new StoryError('environment', `What answers at ${url} is no ${name}, or one of another version.`, parsed.error)
}
