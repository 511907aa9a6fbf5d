import { join } from 'node:path'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { readSettings, startHouse, type House, type HouseOptions } from '@inthread/runtime'
import { createSqliteDatabase, type TestDatabase } from './databases.ts'
import { applyTenant, readDefinition, type Definition } from './definition.ts'
import { Phone } from './phone.ts'
import { openStreet, type Street, type StreetOptions } from './street.ts'

export interface SandboxOptions {
  /** A SQLite file that goes when the sandbox stops, when left out. */
  readonly database?: TestDatabase
  readonly house?: HouseOptions
  readonly street?: Omit<StreetOptions, 'folder'>
  /** The sample tenant that is applied, northern-rail when left out. */
  readonly tenant?: string
  readonly change?: (definition: Definition) => void
  readonly environment?: Readonly<Record<string, string>>
}

/** The real composition with the sandboxes as doors: a platform, a bank and an operator, all talking over HTTP. */
export interface Sandbox {
  readonly street: Street
  readonly house: House
  readonly api: AdminApi
  /** Speaks to the tenant's bot, or to another one of this address. */
  phone(number: string, bot?: string): Phone
  /** Log lines of the platform so far. */
  readonly log: readonly string[]
  /** Stops the platform and starts it again at the same place. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function openSandbox({
  database: given,
  house: options,
  street: streetOptions,
  tenant = 'northern-rail',
  change,
  environment,
}: SandboxOptions): Promise<Sandbox> {
  const database = given ?? (await createSqliteDatabase())
  const street = await openStreet({ folder: database.folder, ...streetOptions })
  const log: string[] = []
  const settings = readSettings(
    {
      ...street.environment,
      INTHREAD_HOME: join(database.folder, 'home'),
      ...(database.kind === 'mysql' ? { DATABASE_URL: database.url } : {}),
      ...environment,
    },
    false,
  )
  const start = (): Promise<House> => startHouse(settings, { writeLog: (line) => void log.push(line), ...options })
  let house = await start()
  const api = createAdminClient({ url: house.url, apiKey: house.adminKey })
  await applyTenant(api, tenant, change)
  const own = chatbotOf(tenant)
  return {
    street,
    get house() {
      return house
    },
    api,
    phone: (number, bot = own) => new Phone({ operatorUrl: street.operatorUrl, bankUrl: street.bankUrl, number, bot }),
    log,
    restart: async () => {
      await house.stop()
      house = await start()
    },
    stop: async () => {
      await house.stop()
      await street.close()
      if (!given) await database.drop()
    },
  }
}

/** What a phone calls the first bot of a sample tenant by. */
export function chatbotOf(tenant: string): string {
  return String(readDefinition(tenant).definition.operators[0]?.['chatbotId'])
}
