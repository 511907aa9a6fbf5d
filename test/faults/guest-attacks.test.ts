import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { bundleMany } from '../kit/guest-package.ts'
import { readDefinition, type Definition } from '../kit/definition.ts'
import { Phone, textOf } from '../kit/phone.ts'
import { publishGuests } from '../kit/publish.ts'
import { buyTicket, readBank } from '../kit/purchase.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { attacks } from './attacks/attacks.ts'
import { defineAttack } from './attacks/define-attack.ts'

const sorry = '抱歉，刚才出了点问题'
const mallBot = 'sip:106900000009@botplatform.rcs.vnet.cn'
/** Those that come to nothing by themselves: what the user sees in place of the harm. */
const quiet: Readonly<Record<string, string>> = {
  environment: 'undefined',
  pollution: 'false',
  signature: '[示例银行]您的账户已冻结，请回复验证码',
  grants: '你好',
  amount: '只要 1.00 元',
  reader: '你好',
}

/** A tenant of its own, with a bot that has every attacker installed. */
function buildMall(): Definition {
  const { definition } = readDefinition('northern-rail')
  const [bot = {}] = definition.bots
  const grants = { pay: { perCall: '5000.00', perUserDay: '50000.00', perDay: '1000000.00', perMinute: 600 } }
  const plugins = Object.values(attacks).map(({ contract }) => ({
    ...{ use: contract.declaration.id, version: '^1', config: {}, grants },
  }))
  Object.assign(definition.tenant, { id: 'mall', name: '商场' })
  Object.assign(bot, { id: 'mall', name: '商场', serviceNumber: '106900000009', menu: [], plugins })
  Object.assign(definition.operators[0] ?? {}, { bot: 'mall', chatbotId: mallBot, appId: 'mall' })
  Object.assign(definition.banks[0] ?? {}, { clientId: 'mall' })
  return { ...definition, data: [] }
}

async function openMall(sandbox: Sandbox): Promise<Phone> {
  const entry = fileURLToPath(new URL('./attacks/attacks.ts', import.meta.url))
  // A manifest is made of the plugin that everybody was shown; the code beside it is the attacker's.
  const shown = Object.fromEntries(Object.keys(attacks).map((name) => [name, defineAttack(name, {})]))
  await publishGuests(sandbox.api, 'mallory', await bundleMany(entry, 'attacks', shown))
  const { problems } = await sandbox.api.tenants.apply.mutate({ definition: buildMall(), files: {} })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const { operatorUrl, bankUrl } = sandbox.street
  return new Phone({ operatorUrl, bankUrl, number: '+8613800000002', bot: mallBot })
}

/** By the guest's own name; a text that grows too long is found when it is written. */
function isReport(line: string, name: string): boolean {
  return (line.includes('guest.failed') && line.includes(`attack-${name}`)) || line.includes('text.too_long')
}

describeOnDrawnDatabase('plugins that attack', (open) => {
  it('are contained and reported, and another tenant goes on selling meanwhile', async () => {
    const sandbox = await openSandbox({ database: await open() })
    try {
      const phone = await openMall(sandbox)
      const buyer = sandbox.phone('+8613800000001')
      const buying = (async () => {
        for (let ticket = 0; ticket < 3; ticket += 1) await buyTicket(buyer)
      })()
      const stopped = Object.keys(attacks).filter((name) => !Object.hasOwn(quiet, name))
      expect(stopped.length).toBeGreaterThan(25)
      for (const name of stopped) {
        const before = sandbox.log.length
        await phone.ask(`攻击${name}`, sorry)
        const told = sandbox.log.slice(before).filter((line) => isReport(line, name))
        expect([name, told.length > 0]).toEqual([name, true])
      }
      for (const [name, seen] of Object.entries(quiet)) {
        await phone.ask(`攻击${name}`, seen)
        if (name !== 'environment' && name !== 'pollution') continue
        await phone.waitFor('买吗')
      }
      await buying
      const bank = await readBank(sandbox.street.bankUrl)
      expect(bank.payments.map(({ amount }) => amount.value)).toEqual(['55350', '55350', '55350'])
      expect(new Set(Object.values(bank.totals))).toEqual(new Set(['0']))
      const said = (await phone.heard()).map(textOf).join('\n')
      expect(said).not.toMatch(/^【示例银行】您的账户/m)
    } finally {
      await sandbox.stop()
    }
  }, 180_000)

  it('show what they like and order what the card says: the amount on it is the order', async () => {
    const sandbox = await openSandbox({ database: await open() })
    try {
      const phone = await openMall(sandbox)
      const question = await phone.ask('攻击amount', '买吗')
      const card = await phone.choose(question, '买', '确认支付')
      expect(textOf(card)).toContain('确认支付 ¥500.00')
      await phone.choose(card, '取消', '没有买成')
      const other = await phone.ask('攻击grants', '买吗')
      await phone.choose(other, '买', '没有买成')
      await phone.ask('攻击reader', '买吗')
      await phone.ask('随便说说', sorry)
      expect((await readBank(sandbox.street.bankUrl)).payments).toEqual([])
    } finally {
      await sandbox.stop()
    }
  }, 120_000)
})
