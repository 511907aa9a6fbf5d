import type { Database } from '../database/open-database.ts'
import type { Vault } from '../database/vault.ts'

/** What a registration says in the open. */
export interface ChatbotProfile {
  readonly name: string
  readonly logo: string
  readonly serviceNumber: string
  readonly description: string
  readonly provider: string
  readonly address?: string
  readonly phone?: string
  readonly website?: string
  readonly terms?: string
  readonly verified: boolean
  readonly notifyUrl: string
  readonly callbackAlgorithm: 'sha256' | 'hmac-sha256'
  readonly errorCodeStyle: 'string' | 'number'
  readonly tokenTtlSec: number
  readonly tokensPerDay: number
  /** Sends a second; 0 means no limit. */
  readonly ratePerSec: number
}

export interface UrlCheck {
  readonly ok: boolean
  readonly at: string
  readonly problem?: string
}

export interface Chatbot {
  readonly chatbotId: string
  /** The digits of `sip:<digits>@domain`. */
  readonly number: string
  readonly appId: string
  readonly appKey: string
  readonly callbackToken: string
  readonly profile: ChatbotProfile
  readonly menu?: unknown
  readonly optionals?: Readonly<Record<string, unknown>>
  readonly urlCheck?: UrlCheck
}

export type Registration = Omit<Chatbot, 'menu' | 'optionals' | 'urlCheck' | 'number'>

export interface ChatbotStore {
  readonly find: (chatbotId: string) => Chatbot | undefined
  /** Chatbots that answer to this chatbotId, number or service number. */
  readonly listByAddress: (address: string) => Chatbot[]
  readonly list: () => Chatbot[]
  readonly put: (registration: Registration, at: number) => void
  readonly putPart: (chatbotId: string, part: 'menu' | 'optionals' | 'url_check', value: unknown) => void
}

type ChatbotRow = {
  chatbot_id: string
  number: string
  app_id: string
  profile: string
  sealed_secrets: string
  menu: string | null
  optionals: string | null
  url_check: string | null
}

/** The digits between `sip:` and `@`, which people know as the channel number. */
function extractNumber(chatbotId: string): string {
  return /^sip:([^@]+)@/.exec(chatbotId)?.[1] ?? chatbotId
}

export function createChatbotStore(db: Database, vault: Vault): ChatbotStore {
  const place = (row: string) => ({ table: 'chatbot', column: 'sealed_secrets', row })
  const read = (row: ChatbotRow): Chatbot => ({
    chatbotId: row.chatbot_id,
    number: row.number,
    appId: row.app_id,
    ...(JSON.parse(vault.open(place(row.chatbot_id), row.sealed_secrets)) as { appKey: string; callbackToken: string }),
    profile: JSON.parse(row.profile) as ChatbotProfile,
    ...(row.menu === null ? {} : { menu: JSON.parse(row.menu) as unknown }),
    ...(row.optionals === null ? {} : { optionals: JSON.parse(row.optionals) as Readonly<Record<string, unknown>> }),
    ...(row.url_check === null ? {} : { urlCheck: JSON.parse(row.url_check) as UrlCheck }),
  })
  return {
    find: (chatbotId) => {
      const row = db.find<ChatbotRow>('select * from chatbot where chatbot_id = ?', chatbotId)
      return row && read(row)
    },
    listByAddress: (address) =>
      db
        .list<ChatbotRow>(
          `select * from chatbot where chatbot_id = ?1 or number = ?1 or service_number = ?1
         order by registered_at, chatbot_id limit 10`,
          address,
        )
        .map(read),
    list: () => db.list<ChatbotRow>('select * from chatbot order by registered_at, chatbot_id limit 500').map(read),
    put: ({ chatbotId, appId, appKey, callbackToken, profile }, at) => {
      const secrets = vault.seal(place(chatbotId), JSON.stringify({ appKey, callbackToken }))
      db.run(
        `insert into chatbot (chatbot_id, number, service_number, app_id, profile, sealed_secrets, registered_at)
         values (?, ?, ?, ?, ?, ?, ?) on conflict (chatbot_id) do update set
         service_number = excluded.service_number, app_id = excluded.app_id, profile = excluded.profile,
         sealed_secrets = excluded.sealed_secrets`,
        chatbotId,
        extractNumber(chatbotId),
        profile.serviceNumber,
        appId,
        JSON.stringify(profile),
        secrets,
        at,
      )
    },
    putPart: (chatbotId, part, value) => {
      db.run(`update chatbot set ${part} = ? where chatbot_id = ?`, JSON.stringify(value), chatbotId)
    },
  }
}
