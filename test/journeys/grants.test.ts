import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { textOf } from '../kit/phone.ts'
import { buyTicket, readBank } from '../kit/purchase.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'northern-rail'
const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const

describeOnEachDatabase('a limit', (open) => {
  let sandbox: Sandbox
  let second: AdminApi
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
    const { key } = await sandbox.api.keys.create.mutate({ name: 'second', role: 'platform' })
    second = createAdminClient({ url: sandbox.house.url, apiKey: key })
  })
  afterAll(() => sandbox.stop())

  it('comes with the definition', async () => {
    expect(await sandbox.api.grants.list.query({ tenant })).toMatchObject([
      { grant: { side: 'bank', bank: 'main', capability: 'payment' }, state: 'active', usedToday: [] },
      { grant, state: 'active', terms: { perCall: '5000.00', currency: 'CNY' }, version: 1 },
    ])
  })

  it('that is lowered holds at once: the user is told, the scene goes on, and the bank hears nothing', async () => {
    const terms = { perCall: '500.00', perDay: '900.00', perUserDay: '900.00', perMinute: 600 }
    await sandbox.api.grants.block.mutate({ tenant, grant })
    const { waiting } = await sandbox.api.grants.unblock.mutate({ tenant, grant })
    const decision = { tenant, id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
    await second.proposals.approve.mutate(decision)
    await sandbox.api.grants.change.mutate({ tenant, grant, terms })
    const phone = sandbox.phone('+8613800000002')
    const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
    const trains = await phone.choose(reading, '对', 'G308')
    const check = await phone.choose(trains, 'G308', '座位为您保留')
    const refused = await phone.choose(check, '支付', '不能在这里办理')
    expect(textOf(refused)).toContain('没有扣款')
    const after = (await phone.heard()).map(textOf).join('\n')
    expect(after).not.toContain('确认支付')
    expect((await readBank(sandbox.street.bankUrl)).payments).toEqual([])
  })

  it('is raised by two keys, and then a ticket can be bought', async () => {
    const terms = { perCall: '600.00', perDay: '900.00', perUserDay: '900.00', perMinute: 600 }
    const { applied, waiting } = await sandbox.api.grants.change.mutate({ tenant, grant, terms })
    expect([applied, waiting?.subject]).toEqual([false, 'grant.raise'])
    const decision = { tenant, id: waiting?.proposal ?? '', digest: waiting?.digest ?? '' }
    await expect(sandbox.api.proposals.approve.mutate(decision)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await second.proposals.approve.mutate(decision)).toMatchObject({ state: 'approved' })
    await buyTicket(sandbox.phone('+8613800000001'))
    const used = [{ value: '55350', currency: 'CNY' }]
    expect(await sandbox.api.grants.list.query({ tenant })).toMatchObject([{ usedToday: used }, { usedToday: used }])
  })

  it('that is used up for today is said so', async () => {
    const phone = sandbox.phone('+8613800000004')
    const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
    const trains = await phone.choose(reading, '对', 'G308')
    const check = await phone.choose(trains, 'G308', '座位为您保留')
    await phone.choose(check, '支付', '额度或次数已用完')
  })
})
