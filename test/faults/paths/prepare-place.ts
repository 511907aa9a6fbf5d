import type { Definition } from '../../kit/definition.ts'
import { Phone, railBot } from '../../kit/phone.ts'
import type { Sandbox } from '../../kit/sandbox.ts'
import { tillPlugins } from '../../kit/till/till.ts'
import { Customer } from '../kit/customer.ts'
import type { TemplateOptions } from '../kit/template.ts'
import type { MoneyPath } from './money-path.ts'

/** Where a path is walked: which bot, and what the template of its worlds holds. */
export interface Place {
  readonly bot: string
  readonly template: TemplateOptions
}

export const bankBot = 'sip:106900000095@botplatform.rcs.vnet.cn'
const limitMs = 40_000

export function preparePlace(name: MoneyPath['place'], paths: readonly MoneyPath[]): Place {
  const house = { plugins: tillPlugins }
  if (name === 'rail') return { bot: railBot, template: { house } }
  const before = async (sandbox: Sandbox): Promise<void> => {
    await fillEnvelopes(sandbox)
    for (const path of paths) await walkThere(sandbox, path)
  }
  return { bot: bankBot, template: { house, tenant: 'river-bank', change: openTill, before, street: quickStreet } }
}

const quickStreet = { bank: { terms: { settleDelayMs: 30, codesPerMinute: 1000 } } }

/** The bank's own bot also sells tea, takes bills, lends and gives envelopes away: in one place for all paths. */
function openTill({ bots, banks }: Definition): void {
  const grants = {
    pay: { perCall: '1000.00', strength: 'pin' },
    bills: { perCall: '5000.00' },
    loan: { perCall: '50000.00' },
    envelopes: {},
  }
  const plugins = bots[0]?.['plugins'] as object[]
  plugins.push({ use: 'till', version: '^1', config: {}, grants })
  Object.assign(banks[0]?.['grants'] as object, { payment: {}, 'consumer-loan': {}, envelopes: {} })
}

async function fillEnvelopes(sandbox: Sandbox): Promise<void> {
  const { bankUrl } = sandbox.street
  const answer = await fetch(`${bankUrl}/sandbox/clients`)
  const { clients } = (await answer.json()) as { clients: readonly { id: string; accountId: string }[] }
  const account = clients.find(({ id }) => id === 'river-bank')?.accountId ?? ''
  await fetch(`${bankUrl}/sandbox/accounts/${account}/deposits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount: '1000000' }),
  })
  const { operatorUrl } = sandbox.street
  const phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000002', bot: bankBot })
  await phone.ask('装开业礼包', '红包已备好')
}

async function walkThere(sandbox: Sandbox, { number, opening, before, name }: MoneyPath): Promise<void> {
  if (!before) return
  const { operatorUrl, bankUrl } = sandbox.street
  const customer = new Customer({
    phone: new Phone({ operatorUrl, bankUrl, number, bot: bankBot }),
    letTimePass: async (durationMs) => {
      await sandbox.house.advance(durationMs)
      return true
    },
    isUp: () => true,
    opening,
    sights: before.sights,
  })
  if (!(await customer.buy(before.until, limitMs))) throw new Error(`${name}: never came to "${before.until}"`)
}
