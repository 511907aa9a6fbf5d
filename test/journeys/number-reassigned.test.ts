import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callControl } from '../kit/bank/controls.ts'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { textOf } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const number = '+8613800000001'
const silentMs = 61 * 86_400_000

describe('a number that was given to somebody else', () => {
  let database: TestDatabase
  let sandbox: Sandbox
  beforeAll(async () => {
    database = await createSqliteDatabase()
    sandbox = await openSandbox({ database })
  })
  afterAll(async () => {
    await sandbox.stop()
    await database.drop()
  })

  const logged = async (event: string): Promise<void> => {
    while (!sandbox.log.some((line) => line.includes(`"${event}"`))) await pause(20)
  }

  it('is asked about before money moves; its new holder pays nothing, sees nothing, and begins anew', async () => {
    const phone = sandbox.phone(number)
    const wish = '明天上午从成都到北京，一张二等座'
    await phone.ask('你好', '您好！')
    await sandbox.house.advance(silentMs)
    const place = `${sandbox.street.bankUrl}/sandbox/phones/${encodeURIComponent(number)}`
    await callControl(place, 'PUT', { state: 'reassigned' })
    const trains = await phone.choose(await phone.ask(wish, '我理解得对吗'), '对', 'G308')
    const check = await phone.choose(trains, 'G308', '座位为您保留')
    await phone.tap(check, '支付')
    await logged('number.checked')
    await logged('outbox.rejected')
    // The next words come from somebody whom nobody knows: no order, no offer of a while ago.
    await phone.ask('你好', '您好！')
    expect((await phone.heard()).map(textOf).filter((text) => text.includes('确认支付'))).toEqual([])
    expect((await readBank(sandbox.street.bankUrl)).payments).toEqual([])
    const tenant = 'northern-rail'
    expect((await sandbox.api.conversations.list.query({ tenant })).items).toHaveLength(2)
    expect(await sandbox.api.orders.book.query({ tenant })).toMatchObject({ posted: {}, pending: {}, undecided: 0 })
  })
})
