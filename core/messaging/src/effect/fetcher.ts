import type { EgressDeclaration, EgressDeclarations, EgressRequest, FetchAnswer } from '@inthread/sdk/engine'
import { findEgressHost } from '@inthread/sdk/engine'
import { instantToIso } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import type { Egress, EgressCall, EgressReply, MessagingPorts } from '../ports.ts'
import type { Installation } from '../tenancy/tenancy.ts'
import { startAttempt, type Performable } from './effect.store.ts'
import { openRequest, type FetchRequest } from './request.ts'

const pausesMs = [200, 600, 1500, 3000]

/**
 * Asks the host, within the deadline. A GET is asked again while there is time; a POST only when the last one surely
 * did not leave, also after a crash: a POST that may have been under way then is given up.
 */
export async function runFetch(effect: Performable, ports: MessagingPorts): Promise<FetchAnswer> {
  const asked = openAsked(effect, ports)
  const installation = asked && (await findInstallation(effect, asked, ports))
  const declaration = installation && findDeclaration(installation, asked.from)
  const call = declaration && buildCall(effect, asked, { installation, declaration })
  if (!asked || !call || !ports.egress) return { kind: 'failed', reason: 'unreachable' }
  if (asked.request.method === 'POST' && effect.attempts > 0) return { kind: 'failed', reason: 'late' }
  await startAttempt(ports.store, effect.id, asked.deadlineMs)
  const reply = await askInTime(call, ports.egress, ports)
  if (reply.kind === 'failed') return { kind: 'failed', reason: reply.reason }
  const data = declaration.answer.safeParse(reply.data)
  return data.success ? { kind: 'answered', data: data.data } : { kind: 'failed', reason: 'malformed' }
}

async function askInTime(call: EgressCall, egress: Egress, { timers, log }: MessagingPorts): Promise<EgressReply> {
  const startedMs = timers.elapsedMs()
  const leftMs = (): number => Math.floor(call.deadlineMs - (timers.elapsedMs() - startedMs))
  for (let attempt = 0; ; attempt += 1) {
    const reply = await egress.send({ ...call, deadlineMs: Math.max(1, leftMs()) })
    if (reply.kind === 'answered') return reply
    log.event('fetch.failed', { effect: call.id, reason: reply.reason, detail: reply.detail, attempt: attempt + 1 })
    const pauseMs = pausesMs[attempt]
    if (!mayRepeat(reply, call.request) || pauseMs === undefined || leftMs() <= pauseMs) return reply
    await timers.pause(pauseMs)
  }
}

/** Nothing has left as long as nobody could be reached. What was refused or misunderstood once will be again. */
function mayRepeat({ reason }: Extract<EgressReply, { kind: 'failed' }>, { method }: EgressRequest): boolean {
  return reason === 'unreachable' || (reason === 'late' && method === 'GET')
}

interface Declared {
  readonly installation: Installation
  readonly declaration: EgressDeclaration
}

/** What is sent out; undefined when the tenant has named no host, or has not entered the secret that belongs to it. */
function buildCall(
  effect: Performable,
  { plugin, request, deadlineMs }: FetchRequest,
  { installation, declaration }: Declared,
): EgressCall | undefined {
  const host = findEgressHost(declaration.host, installation.config)
  if (host === undefined) return undefined
  const { secret: name, sign } = declaration
  const call = { id: effect.id, host, deadlineMs }
  if (name === undefined) return { ...call, request }
  const value = installation.secrets?.[name]
  if (value === undefined || !isFor(name, host, installation)) return undefined
  if (sign === undefined) return { ...call, request, secret: { value, use: 'bearer' } }
  const thread = deriveId(effect.conversation_id, 'thread', plugin)
  const given = typeof request.body === 'object' && request.body !== null ? request.body : {}
  const body = { ...given, timestamp: instantToIso(effect.created_at), thread }
  return { ...call, request: { ...request, body }, secret: { value, use: sign } }
}

/** A secret goes to the hosts that it was declared for, whatever a request says. */
function isFor(secret: string, host: string, { plugin, config }: Installation): boolean {
  const hosts = plugin.contract.declaration.secrets?.[secret]?.hosts ?? []
  return hosts.some((declared) => findEgressHost(declared, config) === host)
}

function openAsked(effect: Performable, { sealer }: MessagingPorts): FetchRequest | undefined {
  if (effect.request === null) return undefined
  return openRequest(sealer, { tenantId: effect.tenant_id, effectId: effect.id }, effect.request)
}

/** A plugin that was taken away meanwhile asks nobody any more. */
async function findInstallation(
  effect: Performable,
  { botId, plugin }: FetchRequest,
  { tenancies }: MessagingPorts,
): Promise<Installation | undefined> {
  const bot = (await tenancies.find(effect.tenant_id))?.bots.get(botId)
  return bot?.installations.find((installation) => installation.plugin.contract.declaration.id === plugin)
}

function findDeclaration({ plugin }: Installation, from: string): EgressDeclaration | undefined {
  const hosts: EgressDeclarations = plugin.contract.declaration.egress ?? {}
  return Object.hasOwn(hosts, from) ? hosts[from] : undefined
}
