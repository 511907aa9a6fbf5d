import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings, startHouse, type House } from '@inthread/runtime'
import { findFreePorts, releasePorts } from '../../kit/ports.ts'
import { Phone, textOf } from '../../kit/phone.ts'
import { readBank } from '../../kit/purchase.ts'
import { describeOnMysql } from '../../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../../kit/sandbox.ts'
import { tillPlugins } from '../../kit/till/till.ts'
import { bankBot, preparePlace } from './prepare-place.ts'

/** Everybody at the sandbox bank who has an account and the number it knows. */
const people = ['1', '2', '4', '6', '7'].map((last) => `+861380000000${last}`)
const tapsEach = 40

describeOnMysql('two processes on one database', (open) => {
  let sandbox: Sandbox
  let second: House
  let ports: number[]

  beforeAll(async () => {
    const database = await open()
    const { template } = preparePlace('bank', [])
    const { before, ...options } = template
    sandbox = await openSandbox({ database, ...options })
    await before?.(sandbox)
    ports = [...(await findFreePorts(1))]
    await cp(join(database.folder, 'home'), join(database.folder, 'second'), { recursive: true })
    const place = { INTHREAD_HOME: join(database.folder, 'second'), INTHREAD_PORT: String(ports[0]) }
    const settings = readSettings({ ...sandbox.street.environment, DATABASE_URL: database.url, ...place }, false)
    second = await startHouse(settings, { plugins: tillPlugins, writeLog: () => undefined })
  })
  afterAll(async () => {
    await second.stop()
    await sandbox.stop()
    releasePorts(ports)
  })

  const phoneOf = (number: string): Phone => {
    const { operatorUrl, bankUrl } = sandbox.street
    return new Phone({ operatorUrl, bankUrl, number, bot: bankBot })
  }

  it('stop somebody who tries numbers at the third miss of an hour', async () => {
    const phone = phoneOf('+8613800000001')
    for (const end of ['1', '2', '3', '4']) {
      const banks = await phone.ask(`转账给1390000111${end}`, '收款银行')
      await phone.tap(banks, '不清楚')
      const answer = await phone.waitFor((message) => /没有查到|不能再查询收款人/.test(textOf(message)), 30_000)
      expect(textOf(answer)).toContain(end === '4' ? '不能再查询收款人' : '没有查到')
      await phone.say('取消')
    }
  }, 60_000)

  it('pay five of five envelopes for two hundred taps, one to each person, and all that was in them', async () => {
    const before = await readBank(sandbox.street.bankUrl)
    const phones = people.map(phoneOf)
    await Promise.all(phones.flatMap((phone) => Array.from({ length: tapsEach }, () => phone.say('拆开业礼包'))))
    const movedOf = async (): Promise<readonly bigint[]> => {
      const { accounts } = await readBank(sandbox.street.bankUrl)
      const balanceOf = (id: string) => BigInt(before.accounts.find((account) => account.id === id)?.balanceMinor ?? 0)
      const customers = accounts.filter(({ kind }) => kind === 'customer')
      return customers
        .map(({ id, balanceMinor }) => BigInt(balanceMinor) - balanceOf(id))
        .filter((moved) => moved !== 0n)
    }
    const total = (moved: readonly bigint[]): bigint => moved.reduce((sum, each) => sum + each, 0n)
    await expect.poll(async () => total(await movedOf()), { timeout: 60_000, interval: 100 }).toBe(1000n)
    for (const phone of phones) await phone.waitFor('红包到账', 60_000)
    const moved = await movedOf()
    expect(moved).toHaveLength(people.length)
    expect(total(moved)).toBe(1000n)
  }, 120_000)
})
