import { join } from 'node:path'
import { beforeAll, onTestFinished } from 'vitest'
import type { TestDatabase } from '../../kit/databases.ts'
import { Phone, railBot } from '../../kit/phone.ts'
import type { OpenDatabase } from '../../kit/requirements.ts'
import { openStreet, type Street } from '../../kit/street.ts'
import { customerNumber } from './customer.ts'
import { makeTemplate, type Template } from './template.ts'

/** A street with a bank and an operator, and a home for a platform that is to come: the surroundings of one story. */
export interface World {
  readonly street: Street
  /** What the platform is started with. */
  readonly environment: Readonly<Record<string, string>>
  readonly database: TestDatabase
  readonly home: string
  /** The one that customers with money have. */
  readonly phone: Phone
  /** At the rail bot, unless another is named. */
  phoneOf(number: string, bot?: string): Phone
  /** Orders the bank to misbehave. */
  orderFault(fault: object): Promise<void>
  /** The bank behaves again. */
  clearFaults(): Promise<void>
  /** Moves the business clock of everybody; false when the platform did not answer. */
  advance(durationMs: number): Promise<boolean>
  close(): Promise<void>
}

/** A quick bank and an impatient operator: what they wait for in life is not what is tested. */
const quick = {
  bank: { terms: { settleDelayMs: 30, codesPerMinute: 1000 } },
  operator: { timings: { retryDelaysMs: Array<number>(60).fill(250), displayAfterMs: 40 } },
}

/** For a suite: gives each test a world of its own, made from one template, and closes it after the test. */
export function prepareWorlds(open: OpenDatabase): () => Promise<World> {
  let template: Template | undefined
  let database: TestDatabase | undefined
  beforeAll(async () => {
    template = await makeTemplate(await open())
    database = await open()
  })
  return async () => {
    if (!template || !database) throw new Error('a world is opened within a test')
    const world = await openWorld(template, database)
    onTestFinished(() => world.close())
    return world
  }
}

export async function openWorld(template: Template, database: TestDatabase): Promise<World> {
  await template.restore(database)
  const street = await openStreet({ folder: database.folder, ...quick })
  const home = join(database.folder, 'home')
  const environment: Readonly<Record<string, string>> = {
    ...street.environment,
    INTHREAD_HOME: home,
    ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
  }
  const { operatorUrl, bankUrl } = street
  const phoneOf = (number: string, bot = railBot): Phone => new Phone({ operatorUrl, bankUrl, number, bot })
  return {
    street,
    environment,
    database,
    home,
    phone: phoneOf(customerNumber),
    phoneOf,
    orderFault: async (fault) => {
      const answer = await post(`${street.bankUrl}/sandbox/faults`, fault)
      if (!answer.ok) throw new Error(`the bank does not know this fault: ${await answer.text()}`)
    },
    clearFaults: async () => {
      await fetch(`${bankUrl}/sandbox/faults`, { method: 'DELETE' })
    },
    advance: async (durationMs) => {
      const url = `http://127.0.0.1:${environment['INTHREAD_PORT'] ?? ''}/sandbox/clock`
      return post(url, { advance: durationMs }).then(
        (answer) => answer.ok,
        () => false,
      )
    },
    close: () => street.close(),
  }
}

/** Whoever is killed says so at once. A slow one is waited for: a step of the clock that is given up is taken twice. */
const answerMs = 60_000

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(answerMs) })
}
