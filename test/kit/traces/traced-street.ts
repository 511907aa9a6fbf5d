import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createAdminClient, type AdminApi } from '@inthread/client'
import type { TestDatabase } from '../databases.ts'
import { Phone } from '../phone.ts'
import { findFreePorts, releasePorts } from '../ports.ts'
import { openStreet } from '../street.ts'
import { openCollector, type Collector } from './collector.ts'
import { openRelay, type Relay } from './relay.ts'

const entry = join(import.meta.dirname, 'traced-platform.ts')

/** A street in which everything that the platform says to bank, operator and collector can be seen. */
export interface TracedStreet {
  readonly collector: Collector
  readonly toBank: Relay
  readonly toOperator: Relay
  readonly logFile: string
  /** Starts one more platform on the same database; the first one has the doors. */
  start(options: StartOptions): Promise<TracedPlatform>
  phone(number: string): Phone
  close(): Promise<void>
}

export interface StartOptions {
  /** Transactions that do not happen there, by their labels. */
  readonly leaves?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export interface TracedPlatform {
  readonly url: string
  readonly api: AdminApi
  /** As an operator would; what it has not sent yet is sent before. */
  stop(): Promise<void>
}

export async function openTracedStreet(database: TestDatabase): Promise<TracedStreet> {
  const ports = await findFreePorts(4)
  const [toBankPort = 0, toOperatorPort = 0, ...platformPorts] = ports
  const street = await openStreet({
    folder: database.folder,
    bank: { publicUrl: `http://127.0.0.1:${toBankPort}` },
  })
  const portOf = (url: string): number => Number(new URL(url).port)
  const toBank = await openRelay(toBankPort, portOf(street.bankUrl))
  const toOperator = await openRelay(toOperatorPort, portOf(street.operatorUrl))
  const collector = await openCollector()
  const logFile = join(database.folder, 'platforms.log')
  const doors = `http://127.0.0.1:${street.environment['INTHREAD_PORT']}`
  const environment = {
    ...street.environment,
    INTHREAD_BANK_PORT: String(toBankPort),
    INTHREAD_OPERATOR_PORT: String(toOperatorPort),
    INTHREAD_HOME: join(database.folder, 'home'),
    INTHREAD_PUBLIC_URL: doors,
    ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    TEST_LOG_FILE: logFile,
  }
  let started = 0
  return {
    collector,
    toBank,
    toOperator,
    logFile,
    start: async ({ leaves = [], environment: own = {} }) => {
      const port = started === 0 ? {} : { INTHREAD_PORT: String(platformPorts[started - 1]) }
      started += 1
      return startPlatform({ ...environment, ...port, ...own, TEST_LEFT_TO_OTHERS: leaves.join(',') })
    },
    phone: (number) => new Phone({ operatorUrl: street.operatorUrl, bankUrl: street.bankUrl, number }),
    close: async () => {
      await Promise.all([toBank.close(), toOperator.close(), collector.close()])
      await street.close()
      releasePorts(ports)
    },
  }
}

async function startPlatform(environment: Readonly<Record<string, string>>): Promise<TracedPlatform> {
  const child = fork(entry, { env: { ...process.env, ...environment } })
  const ended = once(child, 'exit')
  const [first] = (await Promise.race([once(child, 'message'), ended])) as readonly unknown[]
  if (typeof first !== 'object' || first === null) throw new Error(`the platform ended with ${String(first)}`)
  const { url, adminKey } = first as { readonly url: string; readonly adminKey: string }
  return {
    url,
    api: createAdminClient({ url, apiKey: adminKey }),
    stop: async () => {
      if (child.connected) child.send('stop')
      await ended
    },
  }
}
