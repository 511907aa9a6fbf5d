import { createAdminClient, type AdminApi } from '@inthread/client'
import { benchBot, benchToken, buildPush } from '../../bench/pushes.ts'

export const crowdTenant = 'crowd'

export interface CrowdOptions {
  /** Where what the bot says is sent; nobody looks at it there. */
  readonly sinkUrl: string
  readonly plugins: readonly { readonly use: string; readonly version: string }[]
  readonly tenant?: string
}

/** A tenant of one bot with one operator account, and no bank. Its secrets are those of {@link crowdEnvironment}. */
export function buildCrowdDefinition({ sinkUrl, plugins, tenant = crowdTenant }: CrowdOptions): object {
  return {
    tenant: { id: tenant, name: 'Crowd', locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' },
    bots: [{ id: 'bot', name: 'Bot', plugins: plugins.map((each) => ({ ...each, config: {}, grants: {} })) }],
    operators: [
      {
        id: 'op',
        bot: 'bot',
        channel: 'csp-json',
        serverRoot: sinkUrl,
        chatbotId: benchBot,
        appId: 'crowd',
        appKey: { secret: 'env:CROWD_KEY' },
        callbackToken: { secret: 'env:CROWD_TOKEN' },
      },
    ],
    banks: [],
  }
}

export const crowdEnvironment = { CROWD_KEY: 'crowdKey00000001', CROWD_TOKEN: benchToken }

export async function applyCrowd(
  house: { readonly url: string; readonly adminKey: string },
  options: CrowdOptions,
): Promise<AdminApi> {
  const api = createAdminClient({ url: house.url, apiKey: house.adminKey })
  const result = await api.tenants.apply.mutate({ definition: buildCrowdDefinition(options), files: {} })
  if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems))
  return api
}

/** Many users at once, straight at the platform's door. */
export class Crowd {
  readonly #url: string
  readonly #tenant: string

  constructor(url: string, tenant = crowdTenant) {
    this.#url = url
    this.#tenant = tenant
  }

  async say(phone: number, text: string): Promise<void> {
    const { path, headers, body } = buildPush(phone, text)
    const answer = await fetch(`${this.#url}/in/${this.#tenant}.op${path}`, { method: 'POST', headers, body })
    if (answer.status !== 200) throw new Error(`the door answered ${answer.status}`)
  }

  /** The same words of all these, some at a time. */
  async sayAll(phones: readonly number[], text: string): Promise<void> {
    const waiting = [...phones]
    const speak = async (): Promise<void> => {
      for (let phone = waiting.pop(); phone !== undefined; phone = waiting.pop()) await this.say(phone, text)
    }
    await Promise.all(Array.from({ length: 16 }, speak))
  }
}
