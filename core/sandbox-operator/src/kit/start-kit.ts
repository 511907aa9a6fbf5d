import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOperator } from '../boot/start-operator.ts'
import type { OperatorOptions, RunningOperator } from '../boot/options.ts'
import type { ThreadView } from '../views.ts'
import { startScriptedCsp } from './scripted-csp.ts'
import type { CspOptions, Json, ScriptedCsp } from './scripted-csp.ts'

export type ControlAnswer = Json & { readonly httpStatus: number }

export interface Kit {
  readonly home: string
  readonly url: () => string
  readonly csp: ScriptedCsp
  readonly restart: (changes?: Partial<OperatorOptions>) => Promise<void>
  readonly control: (method: string, path: string, body?: unknown) => Promise<ControlAnswer>
  readonly threads: (phone: string) => Promise<ThreadView[]>
  readonly close: () => Promise<void>
}

export const fastTimings = {
  retryDelaysMs: [50, 100, 150, 200, 200, 200],
  callbackTimeoutMs: 500,
  displayAfterMs: 60,
  heldForMs: 400,
}

/** An operator in this process, in a folder of its own, with one registered chatbot platform. */
export async function startKit(csp: CspOptions = {}, options: Partial<OperatorOptions> = {}): Promise<Kit> {
  const home = mkdtempSync(join(tmpdir(), 'operator-'))
  const start = (changes: Partial<OperatorOptions>, port: number): Promise<RunningOperator> =>
    startOperator({ page: false, timings: fastTimings, ...options, ...changes, home, port })
  const running = { operator: await start({}, 0) }
  const platform = await startScriptedCsp(running.operator.url, csp)
  await platform.register()
  const control: Kit['control'] = (method, path, body) => callControl(running.operator.url + path, method, body)
  return {
    home,
    url: () => running.operator.url,
    csp: platform,
    restart: async (changes = {}) => {
      const port = Number(new URL(running.operator.url).port)
      await running.operator.close()
      running.operator = await start(changes, port)
      // Connections that `fetch` kept open learn only now that the other side is gone.
      await new Promise((resolve) => setTimeout(resolve, 20))
    },
    control,
    threads: async (phone) => {
      const answer = await control('GET', `/sandbox/threads?phone=${encodeURIComponent(phone)}`)
      return answer['threads'] as ThreadView[]
    },
    close: async () => {
      await running.operator.close()
      await platform.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export async function callControl(url: string, method: string, body?: unknown): Promise<ControlAnswer> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(url, { method, headers, ...sent })
  return { httpStatus: response.status, ...((await response.json()) as Json) }
}

/** Waits until `find` returns something true; fails with `what` after a few seconds. */
export async function until<T>(what: string, find: () => T | Promise<T>, limitMs = 5000): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await find()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** Waits until the system clock has just begun another second. */
export function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1005 - (Date.now() % 1000)))
}

export const phone1 = '+8613800000001'
export const phone2 = '+8613800000002'
