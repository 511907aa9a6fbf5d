import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { textOf } from '../kit/phone.ts'
import { describeWithAll } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/chance/seed.ts'
import { choosePoints, listPoints } from './kill/choose-points.ts'
import { ProcessPool } from './kill/process-pool.ts'
import { RestartingPlatform } from './kill/restarting-platform.ts'
import { readAftermath } from './kit/aftermath.ts'
import { Customer, customerNumber } from './kit/customer.ts'
import { listStuck } from './kit/rows.store.ts'
import { makeTemplate, type Template } from './kit/template.ts'
import { openWorld } from './kit/world.ts'
import { sayInTurn, sayTo, tapOn, typeCode, type Sight } from './paths/sights.ts'

const bot = 'sip:106900000095@botplatform.rcs.vnet.cn'
const killsEach = Number(process.env['INTHREAD_KILLS_A_MODE'] || 12)

interface BankErrand {
  readonly name: string
  readonly opening: string
  readonly sights: readonly Sight[]
  readonly faults: readonly object[]
  readonly ending: string
  /** What is left in the account afterwards, in minor units. */
  readonly left: string
}

const bill = {
  opening: '电费',
  sights: [typeCode, tapOn('确认缴费', '缴费'), sayTo('请输入户号', '13012340077')],
  ending: '已销账',
  left: '303395',
}
const lost = { match: { method: 'POST', path: '/v1/bill-payments' }, do: 'timeout-after' }

/** What people do in the bank's own bot besides sending money, of which the money paths speak. */
const errands: readonly BankErrand[] = [
  { name: 'bill', ...bill, faults: [] },
  { name: 'bill, answer lost', ...bill, faults: [lost] },
  {
    ...{ name: 'visit', opening: '预约网点', faults: [], ending: '已约好', left: '312045' },
    sights: [
      ...[typeCode, tapOn('确认预约', '确认', '一般业务', '选北城支行', '下午', '14:00')],
      sayInTurn('哪一天', ['2', '3']),
    ],
  },
  {
    ...{ name: 'balance', opening: '余额', faults: [], ending: '尾号 1234 可用', left: '312045' },
    sights: [typeCode, tapOn('确认查询账户')],
  },
]

describeWithAll('a platform that is killed while somebody is at the bank', () => {
  let template: Template
  let database: TestDatabase
  let pool: ProcessPool
  beforeAll(async () => {
    const original = await createSqliteDatabase()
    template = await makeTemplate(original, { tenant: 'river-bank' })
    database = await createSqliteDatabase()
    pool = new ProcessPool(join(original.folder, 'processes.log'), 1)
  }, 60_000)
  afterAll(() => pool.close())

  async function run(errand: BankErrand, fatal?: string): Promise<Report> {
    const world = await openWorld(template, database)
    try {
      const logFile = join(database.folder, 'platform.log')
      const opening = { environment: world.environment, logFile, httpDeadlineMs: 700, careless: undefined }
      const platform = new RestartingPlatform(pool, opening)
      await platform.start()
      for (const fault of errand.faults) await world.orderFault(fault)
      await platform.arm(fatal)
      const { bankUrl } = world.street
      const phone = world.phoneOf(customerNumber, bot)
      const { opening: begin, sights } = errand
      const letTimePass = (durationMs: number) => world.advance(durationMs)
      const customer = new Customer({ phone, letTimePass, isUp: () => platform.isUp, opening: begin, sights })
      const ended = await customer.buy(errand.ending, 40_000)
      const { rows, bank, unfaithful } = await readAftermath(world, 10_000)
      const points = await platform.listPoints()
      await platform.stop()
      const told = (await phone.heard()).map(textOf).filter((text) => text.includes(errand.ending)).length
      const account = (await readAccounts(bankUrl)).find(({ mask }) => mask === '****1234')
      const problems = [
        ...(ended ? [] : [`never heard "${errand.ending}"`]),
        ...(told === 1 || !ended ? [] : [`told ${told} times`]),
        ...(account?.balanceMinor === errand.left ? [] : [`${account?.balanceMinor ?? ''} is left`]),
        ...(account?.heldMinor === '0' ? [] : ['something is still held']),
        ...(bank.totals['CNY'] === '0' ? [] : ['the books of the bank do not balance']),
        ...rows.inbox.filter(({ state }) => state === 'failed').map(({ kind }) => `an inbox item failed: ${kind}`),
        ...unfaithful.map((found) => `the journal does not lead to the stored state: ${found}`),
        ...[...listStuck(rows), ...platform.mishaps],
      ]
      return { points, problems, deaths: platform.deaths }
    } finally {
      await world.close()
    }
  }

  it.each(errands.map(({ name }) => name))(
    'moves money once and says so once: %s',
    { timeout: 600_000 },
    async (name) => {
      const errand = errands.find((each) => each.name === name)
      if (!errand) throw new Error(`there is no errand ${name}`)
      const { points, problems } = await run(errand)
      expect(problems).toEqual([])
      const found: string[] = []
      let killed = 0
      for (const fatal of choosePoints(listPoints(points), killsEach, getTestSeed())) {
        const report = await run(errand, fatal)
        killed += Math.min(report.deaths, 1)
        found.push(...report.problems.map((problem) => `killed at ${fatal}: ${problem}`))
      }
      expect(found).toEqual([])
      expect(killed).toBeGreaterThan(killsEach / 2)
    },
  )
})

async function readAccounts(bankUrl: string): Promise<readonly Account[]> {
  const answer = await fetch(`${bankUrl}/sandbox/ledger`)
  return ((await answer.json()) as { readonly accounts: readonly Account[] }).accounts
}

interface Report {
  readonly points: readonly string[]
  readonly problems: readonly string[]
  readonly deaths: number
}

interface Account {
  readonly mask: string
  readonly balanceMinor: string
  readonly heldMinor: string
}
