import { createAdminClient, type AdminApi } from '@inthread/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { textOf, type Phone } from '../kit/phone.ts'

const tenant = 'northern-rail'

describeOnEachDatabase('what a merchant tells its users unasked', (open) => {
  let sandbox: Sandbox
  let api: AdminApi
  let phone: Phone
  let conversation = ''
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
    api = sandbox.api
    phone = sandbox.phone('+8613800000001')
    await phone.ask('菜单', '您可以直接说需求')
    conversation = (await api.conversations.list.query({ tenant })).items[0]?.id ?? ''
  }, 120_000)
  afterAll(() => sandbox.stop())
  const send = (text: string, key: string, to = conversation) =>
    api.announcements.send.mutate({ tenant, conversation: to, text, key })
  const heard = async (text: string) => (await phone.heard()).filter((each) => textOf(each) === text).length
  const stateOf = async (key: string) => (await api.announcements.get.query({ tenant, key })).state

  it('is said once, however often it is sent under one key', async () => {
    const sent = await Promise.all([1, 2, 3].map(() => send('G308 明天正点', 'delay-1')))
    expect(new Set(sent.map(({ createdAt, key }) => `${key} ${createdAt}`)).size).toBe(1)
    await phone.waitFor('G308 明天正点')
    expect(await send('G308 明天正点', 'delay-1')).toMatchObject({ conversation, state: 'handled' })
    expect(await heard('G308 明天正点')).toBe(1)
    await expect(send('G310 明天正点', 'delay-1')).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('waits until nobody is in the middle of anything', async () => {
    await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
    expect(await send('车站今日扩音测试', 'test-1')).toMatchObject({ state: 'waiting' })
    await phone.ask('帮助', '随时可说')
    expect([await heard('车站今日扩音测试'), await stateOf('test-1')]).toEqual([0, 'waiting'])
    await phone.say('取消')
    await phone.waitFor('车站今日扩音测试')
    await expect.poll(() => stateOf('test-1')).toBe('handled')
  })

  it('opens no signature, offers no bare credit, and goes to nobody who never wrote', async () => {
    await expect(send('【江城银行】请点击', 'forged')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(send('分 12 期，每期 ¥88.00', 'credit')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('annual rate'),
    })
    await expect(send('您好', 'nobody', 'no-such-thread')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(api.announcements.get.query({ tenant, key: 'forged' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { key } = await api.keys.create.mutate({ name: 'agent', role: `agent:${tenant}` })
    const agent = createAdminClient({ url: sandbox.house.url, apiKey: key })
    const unallowed = agent.announcements.send.mutate({ tenant, conversation, text: '您好', key: 'agent' })
    await expect(unallowed).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is counted, day by day where the tenant is', async () => {
    const { timeZone, days } = await api.usage.days.query({ tenant, from: '2020-01-01', until: '2020-01-02' })
    expect([timeZone, days]).toEqual([
      'Asia/Shanghai',
      ['2020-01-01', '2020-01-02'].map((day) => ({ day, received: 0, sent: 0, turns: 0, orders: 0 })),
    ])
    const timeline = await api.conversations.timeline.query({ tenant, conversation, limit: 500 })
    const today = new Date((timeline.at(-1)?.at ?? 0) / 1000 + 8 * 3_600_000).toISOString().slice(0, 10)
    const [now] = (await api.usage.days.query({ tenant, from: today, until: today })).days
    expect(now).toMatchObject({
      day: today,
      received: timeline.filter(({ kind, facts }) => kind === 'received' && facts['from'] === 'user').length,
      sent: timeline.filter(({ kind }) => kind === 'sent').length,
      orders: 0,
    })
    const wide = api.usage.days.query({ tenant, from: '2026-01-01', until: '2026-03-01' })
    await expect(wide).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('at most 31') })
  })

  it('ends with "stop", and says so', async () => {
    await phone.ask('退订', '已停止')
    expect(await send('新春特价', 'new-year')).toMatchObject({ state: 'opted_out' })
    expect(await send('新春特价', 'new-year')).toMatchObject({ state: 'opted_out' })
    await phone.ask('菜单', '您可以直接说需求')
    expect(await heard('新春特价')).toBe(0)
  })
})
