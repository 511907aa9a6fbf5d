import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { listClients, type Client } from '../clients/clients.store.ts'
import { commitRegistration } from '../clients/register-client.ts'
import { commitWebhookSecret } from '../clients/webhook-secret.ts'
import { commitAccountState } from '../ledger/accounts.store.ts'
import { Problem } from '../transport/problem.ts'
import { buildCheck } from '../transport/validate.ts'
import { rotateKeys } from './rotate-keys.ts'
import { faultKinds } from './fault-book.ts'
import { serveMoneyControls } from './money-controls.ts'
import { serveProductControls } from './product-controls.ts'
import { buildBodyReader, buildParamsReader } from './read-control.ts'
import { renderAllPayments, renderCodes, renderLedger } from './views.ts'

const url = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 500 })
const name = Type.String({ minLength: 1, maxLength: 64 })

const clientBody = Type.Object({
  jwksUrl: url,
  webhookUrl: Type.Optional(url),
  webhookSecret: Type.Optional(Type.String({ pattern: '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' })),
  merchantName: Type.Optional(Type.Union([name, Type.Object({ 'zh-CN': name, en: name })])),
})
const clientParams = Type.Object({ clientId: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }) })

const faultBody = Type.Object({
  match: Type.Object({ method: Type.Optional(name), path: Type.String({ minLength: 1, maxLength: 200 }) }),
  times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  do: Type.Enum([...faultKinds]),
  delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
})
const defaultDelayMs = 3_000

const codesQuery = Type.Object({ phone: Type.String({ pattern: '^[+ ]?[1-9][0-9]{6,14}$' }) })
const accountParams = Type.Object({ id: name })
const accountBody = Type.Object({ state: Type.Enum(['open', 'frozen']) })

/** What a test or a curious developer may do to the bank. */
export function serveControls(scope: FastifyInstance, bank: Bank): void {
  serveClients(scope, bank)
  serveFaults(scope, bank)
  const checkQuery = buildCheck(codesQuery, 'query')
  scope.get('/sandbox/codes', async (request) => {
    const { phone } = checkQuery(request.query) as Static<typeof codesQuery>
    // An unescaped + arrives as a blank.
    return renderCodes(bank, `+${phone.replace(/^[+ ]/, '')}`)
  })
  scope.post('/sandbox/keys/rotate', async () => ({ kid: rotateKeys(bank) }))
  scope.get('/sandbox/ledger', async () => renderLedger(bank))
  scope.get('/sandbox/payments', async () => renderAllPayments(bank))
  scope.put('/sandbox/accounts/:id', buildAccountHandler(bank))
  serveMoneyControls(scope, bank)
  serveProductControls(scope, bank)
}

function serveClients(scope: FastifyInstance, bank: Bank): void {
  const readParams = buildParamsReader(clientParams)
  const readBody = buildBodyReader(clientBody)
  scope.get('/sandbox/clients', async () => ({ clients: listClients(bank.db).map(renderClient) }))
  scope.put('/sandbox/clients/:clientId', async (request, reply) => {
    const { clientId: id } = readParams(request)
    const { jwksUrl, webhookUrl, webhookSecret, merchantName } = readBody(request)
    const { client, created } = commitRegistration(bank, {
      ...{ id, jwksUrl },
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
      ...(merchantName === undefined ? {} : { names: buildNames(merchantName) }),
    })
    if (webhookSecret !== undefined) commitWebhookSecret(bank, id, webhookSecret)
    bank.poke()
    return reply.code(created ? 201 : 200).send(renderClient(client))
  })
}

function serveFaults(scope: FastifyInstance, bank: Bank): void {
  const readBody = buildBodyReader(faultBody)
  scope.get('/sandbox/faults', async () => ({ faults: bank.faults.list() }))
  scope.post('/sandbox/faults', async (request, reply) => {
    const { match, times = 1, do: kind, delayMs = defaultDelayMs } = readBody(request)
    const fault = { id: `flt_${bank.vault.randomName()}`, match, times, do: kind, delayMs }
    bank.faults.add(fault)
    return reply.code(201).send(fault)
  })
  scope.delete('/sandbox/faults', async (_request, reply) => {
    bank.faults.clear()
    bank.poke()
    return reply.code(204).send()
  })
}

function buildAccountHandler(bank: Bank): RouteHandlerMethod {
  const readParams = buildParamsReader(accountParams)
  const readBody = buildBodyReader(accountBody)
  return async (request) => {
    const { id } = readParams(request)
    const { state } = readBody(request)
    if (!commitAccountState(bank.db, id, state)) {
      throw new Problem('not_found', 'There is no customer account with this id: GET /sandbox/ledger lists them.')
    }
    return { id, state }
  }
}

function buildNames(merchantName: string | { 'zh-CN': string; en: string }): { zh: string; en: string } {
  if (typeof merchantName === 'string') return { zh: merchantName, en: merchantName }
  return { zh: merchantName['zh-CN'], en: merchantName.en }
}

function renderClient(client: Client): object {
  const { id, jwksUrl, webhookUrl, webhookState, payeeId, accountId, accountMask, names } = client
  const payee = { id: payeeId, names: { 'zh-CN': names.zh, en: names.en }, account: accountMask }
  return { id, jwksUrl, webhookUrl: webhookUrl ?? null, webhookState, accountId, payee }
}
