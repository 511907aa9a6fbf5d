import type { FastifyInstance } from 'fastify'
import { deedKinds } from '../deeds/kinds.ts'
import { runDeeds } from '../deeds/run-deeds.ts'
import { Deliverer } from '../events/deliver.ts'
import { runSettlement } from '../payments/settle.ts'
import type { Bank } from './bank.ts'
import { runStatements } from '../statements/run-statements.ts'
import { runHousekeeping } from './housekeeping.ts'
import { openBank, type BankOptions } from './open-bank.ts'
import { Pulse } from './pulse.ts'
import { buildServer, type Place } from './server.ts'
import { buildListenError, codeOfError } from './start-error.ts'

export interface RunningBank {
  /** The address clients sign. */
  readonly url: string
  readonly port: number
  /** Every route as it is registered, for holding the document against it. */
  readonly routes: readonly RegisteredRoute[]
  /** Answers what is being answered, stops the workers, closes the books. */
  readonly close: () => Promise<void>
}

export interface RegisteredRoute {
  readonly method: string
  readonly url: string
}

/** Opens the books, starts the workers and listens. Throws a StartError that names the remedy. */
export async function startBank(options: BankOptions): Promise<RunningBank> {
  const stopping = new AbortController()
  const pulses: Pulse[] = []
  const bank = openBank(options, stopping.signal, () => pulses.forEach((pulse) => pulse.poke()))
  const { place } = bank
  const { app, routes } = await buildListedServer(bank, place)
  const port = await listen(app, options).catch((error: unknown) => {
    bank.db.close()
    throw error
  })
  place.publicUrl = options.publicUrl?.replace(/\/+$/, '') ?? `http://127.0.0.1:${port}`
  const deliverer = startWorkers(bank, pulses)
  const close = async (): Promise<void> => {
    stopping.abort()
    await closeServer(app, bank)
    await Promise.all(pulses.map((pulse) => pulse.stop()))
    await deliverer.stop()
    bank.db.close()
  }
  return { url: place.publicUrl, port, routes, close: once(close) }
}

const graceMs = 500

/** Ends idle connections at once; those still open after a moment are not waited for, as nothing may come on them. */
async function closeServer(app: FastifyInstance, { surroundings }: Bank): Promise<void> {
  const closed = new AbortController()
  const closing = app.close().finally(() => closed.abort())
  await surroundings.wait(graceMs, closed.signal)
  app.server.closeAllConnections()
  await closing
}

async function buildListedServer(
  bank: Bank,
  place: Place,
): Promise<{ app: FastifyInstance; routes: RegisteredRoute[] }> {
  const routes: RegisteredRoute[] = []
  const app = await buildServer(bank, place, (method, url) => routes.push({ method, url }))
  return { app, routes }
}

async function listen(app: FastifyInstance, options: BankOptions): Promise<number> {
  const place = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }
  try {
    await app.listen(place)
  } catch (error) {
    await app.close()
    throw codeOfError(error).startsWith('FST_') ? error : buildListenError(error, place)
  }
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : place.port
}

function startWorkers(bank: Bank, pulses: Pulse[]): Deliverer {
  const deliverer = new Deliverer(bank)
  const options = { clock: bank.clock, wait: bank.surroundings.wait, log: bank.log }
  const works = [
    { name: 'settlement', run: () => runSettlement(bank) },
    { name: 'deeds', run: () => runDeeds(bank, deedKinds) },
    { name: 'delivery', run: () => deliverer.run() },
    { name: 'statements', run: () => runStatements(bank) },
    { name: 'housekeeping', run: () => runHousekeeping(bank) },
  ]
  for (const work of works) pulses.push(new Pulse(work, options))
  for (const pulse of pulses) pulse.start()
  return deliverer
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
