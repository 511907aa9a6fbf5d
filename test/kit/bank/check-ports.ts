import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BankCheckPorts, HttpClient } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { Agent, request as send } from 'undici'
import type { ClientOffice } from './client-office.ts'
import { callControl } from './controls.ts'

const testPhones = { usual: '+8613800000004', poor: '+8613800000002' }

export interface CheckPlace {
  readonly bankUrl: string
  readonly office: ClientOffice
  readonly http: HttpClient
}

/** The ports of a check, for a bank that has the controls of a sandbox: a clock, codes, faults and keys. */
export function openCheckPorts({ bankUrl, office, http }: CheckPlace): BankCheckPorts {
  let offsetMs = 0
  const control = (method: string, path: string, body?: object): Promise<unknown> =>
    callControl(`${bankUrl}${path}`, method, body)
  const fault = async (kind: string, path: string): Promise<void> => {
    await control('POST', '/sandbox/faults', { match: { method: 'POST', path }, do: kind, delayMs: 600 })
  }
  const [, other] = office.clients
  return {
    http,
    clock: { now: () => (Date.now() + offsetMs) * 1000 },
    nonce: () => randomUUID(),
    pause: async (durationMs) => {
      await sleep(durationMs)
    },
    phone: testPhones.usual,
    poorPhone: testPhones.poor,
    readCode: async (phone) => {
      const { codes } = (await control('GET', `/sandbox/codes?phone=${encodeURIComponent(phone)}`)) as {
        readonly codes: readonly { readonly code: string }[]
      }
      return codes[0]?.code
    },
    advance: async (durationMs) => {
      const moved = await control('POST', '/v1/simulations/clock', { advance: Math.ceil(durationMs) })
      offsetMs = (moved as { readonly offsetMs: number }).offsetMs
    },
    trouble: {
      slowDown: (path) => fault('slow', path),
      loseAnswer: (path) => fault('timeout-after', path),
      rotateKeys: async () => {
        await control('POST', '/sandbox/keys/rotate', {})
      },
    },
    pushes: { list: () => office.pushes, refuseNext: office.refuseNext },
    ...(other === undefined ? {} : { other }),
  }
}

/** Registers both clients at a bank that has the controls of a sandbox. */
export async function registerClients(bankUrl: string, office: ClientOffice): Promise<void> {
  const { jwksUrl, webhookUrl } = office
  for (const { clientId } of office.clients)
    await callControl(`${bankUrl}/sandbox/clients/${clientId}`, 'PUT', { jwksUrl, webhookUrl })
}

export interface OpenWire extends HttpClient {
  close(): Promise<void>
}

/** The port as the hall makes it, for tests of banks alone. */
export function openWire(): OpenWire {
  const agent = new Agent({ keepAliveTimeout: 1000 })
  return {
    send: async ({ method, url, headers, body, deadlineMs }) => {
      try {
        const signal = AbortSignal.timeout(deadlineMs)
        const answer = await send(url, { dispatcher: agent, method, headers, body: body ?? null, signal })
        const bytes = new Uint8Array(await answer.body.arrayBuffer())
        return { status: answer.statusCode, headers: joinHeaders(answer.headers), body: bytes }
      } catch (cause) {
        throw new Fault('network.no_answer', { cause })
      }
    },
    close: () => agent.destroy(),
  }
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return Object.fromEntries(entries)
}
