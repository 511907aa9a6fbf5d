import type { Definition } from '../../kit/definition.ts'
import { Phone, railBot } from '../../kit/phone.ts'
import type { Sandbox } from '../../kit/sandbox.ts'
import { tillPlugins } from '../../kit/till/till.ts'
import { Customer } from '../kit/customer.ts'
import type { TemplateOptions } from '../kit/template.ts'
import { comeToRest } from './come-to-rest.ts'
import type { Earlier, MoneyPath } from './money-path.ts'
import type { Sight } from './sights.ts'

/** Where a path is walked: which bot, and what the template of its worlds holds. */
export interface Place {
  readonly bot: string
  readonly template: TemplateOptions
}

export const bankBot = 'sip:106900000095@botplatform.rcs.vnet.cn'
const insurerBot = 'sip:106900000031@botplatform.rcs.vnet.cn'
const mallBot = 'sip:106900000012@botplatform.rcs.vnet.cn'
/** Nobody dies here, so nobody has to hurry; where nothing at all is said any more, nothing will be. */
const [limitMs, patienceMs, quietLimitMs] = [60_000, 8000, 20_000]

export function preparePlace(name: MoneyPath['place'], paths: readonly MoneyPath[]): Place {
  const house = { plugins: tillPlugins }
  const street = quickStreet
  const before = (bot: string) => async (sandbox: Sandbox) => {
    // Tests that walk no path open envelopes in their own way.
    if (paths.length === 0 || paths.some(({ name: own }) => own === 'red envelope')) await fillEnvelopes(sandbox)
    const walked = new Set<Earlier | MoneyPath['before']>()
    for (const path of paths) await walkThere({ sandbox, bot, walked }, path)
  }
  switch (name) {
    case 'rail':
      return { bot: railBot, template: { house } }
    case 'bank':
      return {
        bot: bankBot,
        template: { house, tenant: 'river-bank', change: openTill, before: before(bankBot), street },
      }
    case 'insurer':
      return {
        bot: insurerBot,
        template: { house, tenant: 'steady-insurance', before: before(insurerBot), street },
      }
    case 'mall':
      return { bot: mallBot, template: { house, tenant: 'digital-mall', before: before(mallBot), street } }
  }
}

const quickStreet = { bank: { terms: { settleDelayMs: 30, codesPerMinute: 1000 } } }

/** The bank's own bot also sells tea, takes bills, lends and gives envelopes away: in one place for all paths. */
function openTill({ bots, banks }: Definition): void {
  const grants = {
    pay: { perCall: '1000.00', strength: 'pin' },
    bills: { perCall: '5000.00' },
    loan: { perCall: '50000.00' },
    points: { perCall: '1000.00' },
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

interface Ground {
  readonly sandbox: Sandbox
  readonly bot: string
  /** What several paths have in common happens once. */
  readonly walked: Set<Earlier | MoneyPath['before']>
}

async function walkThere({ sandbox, bot, walked }: Ground, path: MoneyPath): Promise<void> {
  const { number, opening, before, earlier = [], name } = path
  const { operatorUrl, bankUrl } = sandbox.street
  const phone = new Phone({ operatorUrl, bankUrl, number, bot })
  for (const each of [...earlier, ...(before ? [before] : [])]) {
    if (walked.has(each)) continue
    walked.add(each)
    if (typeof each === 'function') await each(sandbox)
    else await walkOn(sandbox, { phone, name, opening, ...each })
    // What is heard is not all that has been set going: the next step may move the clocks, and go before the rest.
    await comeToRest(sandbox.house.store)
  }
}

interface Walk {
  readonly phone: Phone
  readonly name: string
  readonly opening: string
  readonly happens?: (sandbox: Sandbox) => Promise<void>
  readonly sights: readonly Sight[]
  readonly until: string
}

async function walkOn(sandbox: Sandbox, walk: Walk): Promise<void> {
  const { phone, name, happens, sights, until } = walk
  const opening = happens ? '' : walk.opening
  const letTimePass = (durationMs: number): Promise<boolean> =>
    sandbox.house.advance(durationMs).then(
      () => true,
      () => false,
    )
  const since = (await phone.heard()).length
  await happens?.(sandbox)
  const patience = { patienceMs, quietLimitMs }
  const customer = new Customer({ phone, letTimePass, isUp: () => true, opening, sights, since, ...patience })
  const beganAtMs = performance.now()
  if (await customer.buy(until, limitMs)) return
  const afterS = Math.round((performance.now() - beganAtMs) / 1000)
  const last = await customer.describeLast()
  throw new Error(`the preparation of ${name} never heard "${until}" after ${afterS} s; ${last}`)
}
