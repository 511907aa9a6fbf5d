import { createAdminClient, type AdminApi } from '@inthread/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { textOf } from '../kit/phone.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const messagesOf = (said: readonly { readonly message: string }[]): string => said.map(({ message }) => message).join()

const tenant = 'riverside-school'
const place = { tenant, plugin: 'school', locale: 'zh-CN' } as const
const bot = { tenant, bot: 'school' } as const

describeOnDrawnDatabase('what a tenant words itself', (open) => {
  let sandbox: Sandbox
  let api: AdminApi
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open(), tenant })
    api = sandbox.api
  }, 120_000)
  afterAll(() => sandbox.stop())
  const keyOf = async (role: string): Promise<AdminApi> => {
    const { key } = await sandbox.api.keys.create.mutate({ name: role.replace(':', '-'), role })
    return createAdminClient({ url: sandbox.house.url, apiKey: key })
  }

  it('is what its users read, from the next message on, and the plugin’s own again when it is dropped', async () => {
    const text = { ...place, text: 'feeCard' }
    const source = '{{name}}：{{amount}}，谢谢'
    expect(await api.templates.put.mutate({ ...text, source, version: 0 })).toEqual({ problems: [], version: 1 })
    const phone = sandbox.phone('+8613800000001')
    const list = await phone.ask('餐费', '4月餐费')
    await phone.choose(list, '缴4月餐费', '4月餐费：¥480.00，谢谢')
    expect(await api.templates.get.query({ tenant, plugin: 'school', text: 'feeCard' })).toMatchObject({
      keep: ['amount'],
      own: { 'zh-CN': { source, version: 1, fits: true } },
    })
    await expect(api.templates.put.mutate({ ...text, source: null, version: 0 })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect(await api.templates.put.mutate({ ...text, source: null, version: 1 })).toEqual({ problems: [], version: 0 })
    expect((await api.templates.get.query({ tenant, plugin: 'school', text: 'feeCard' })).own).toEqual({})
  })

  it('is changed by one of two who read the same version', async () => {
    const write = (source: string) => api.templates.put.mutate({ ...place, text: 'choose', source, version: 0 })
    const tried = await Promise.allSettled([write('交{{name}}'), write('付{{name}}')])
    expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('shows on every channel what a phone will show of it', async () => {
    const asked = { ...place, text: 'feeCard', vars: { name: '午餐', amount: '12.50' } }
    const { problems, channels } = await api.templates.preview.query({ ...asked, as: 'title' })
    expect(problems).toEqual([])
    expect(channels).toEqual([
      {
        channel: 'csp-json',
        sms: null,
        messages: [{ kind: 'cards', text: '', cards: [{ title: '午餐 ¥12.50', description: null }], buttons: [] }],
      },
      { channel: 'sms', sms: 1, messages: [{ kind: 'text', text: '午餐 ¥12.50', cards: [], buttons: [] }] },
    ])
    const long = await api.templates.preview.query({ ...asked, source: `${'好'.repeat(190)}{{name}} {{amount}}` })
    expect(long.channels.map(({ sms }) => sms)).toEqual([null, 3])
    expect(await api.templates.preview.query({ ...asked, vars: { amount: 'much' } })).toEqual({
      problems: [expect.objectContaining({ message: 'vars.amount: write an amount like 480.00' })],
      channels: [],
    })
  })

  it('forges no amount, no payee and no speaker, and says why', async () => {
    const put = async (source: string) =>
      messagesOf((await api.templates.put.mutate({ ...place, text: 'leaveCard', source, version: 0 })).problems)
    expect(await put('退课：{{name}}')).toBe('{{amount}} has to stay in this text')
    expect(await put('{{name}} {{amount}}，另付 ¥20')).toMatch(/amounts come from variables alone/)
    expect(await put('{{name}} {{amount}}，收款方：别人')).toMatch(/the bank alone/)
    expect(await put('【江城银行】{{name}} {{amount}}')).toMatch(/only the platform writes/)
    expect(await put('{{name}} {{amount}} {{lookup name}}')).toMatch(/takes nothing after its name/)
    expect((await api.templates.get.query({ tenant, plugin: 'school', text: 'leaveCard' })).own).toEqual({})
  })

  it('leaves the bank’s dialogues as the bank words them', async () => {
    await expect(api.templates.list.query({ tenant, plugin: 'payment' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is read page by page', async () => {
    const whole = await api.templates.list.query({ tenant, plugin: 'school', limit: 200 })
    const names: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await api.templates.list.query({ tenant, plugin: 'school', limit: 7, ...(cursor ? { cursor } : {}) })
      names.push(...page.items.map(({ text }) => text))
      cursor = page.next
    }
    expect(names).toEqual(whole.items.map(({ text }) => text))
    expect(names.length).toBeGreaterThan(20)
    const { next } = await api.templates.list.query({ tenant, plugin: 'school', limit: 7 })
    const other = api.intents.list.query({ tenant, limit: 7, cursor: next ?? '' })
    await expect(other).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('has a menu of its own, which is published', async () => {
    const { menu, version } = await api.menus.get.query(bot)
    expect(menu).toHaveLength(3)
    const entry = { label: { 'zh-CN': '交费', en: 'Pay' }, plugin: 'school', intent: 'fee' }
    const wrong = await api.menus.put.mutate({ ...bot, menu: [{ ...entry, intent: 'fly' }], version })
    expect(wrong.problems).toMatchObject([
      { path: '$.menu[0].intent', message: expect.stringContaining('fee, course, leave') },
    ])
    const put = await api.menus.put.mutate({ ...bot, menu: [entry], version })
    expect(put.problems).toEqual([])
    await expect(api.menus.put.mutate({ ...bot, menu: [], version })).rejects.toMatchObject({ code: 'CONFLICT' })
    const published = async () => (await api.menus.get.query(bot)).publications
    await expect
      .poll(published, { timeout: 15_000 })
      .toEqual([{ operator: 'ct', state: 'done', attempts: 1, reason: null }])
    const again = await api.menus.publish.mutate(bot)
    expect(again).toMatchObject({ menu: [entry], version: put.version })
    await expect.poll(published, { timeout: 15_000 }).toMatchObject([{ state: 'done', attempts: 1 }])
  })

  it('hears words of its own, and can be asked what a sentence would start', async () => {
    const explain = (words: string) => api.intents.explain.query({ ...bot, words })
    expect(await explain('伙食费')).toMatchObject({ by: 'menu', plugin: null })
    const put = (list: string[], version: number) =>
      api.intents.put.mutate({ tenant, plugin: 'school', intent: 'fee', words: { 'zh-CN': list }, version })
    expect(messagesOf((await put(['课程'], 0)).problems)).toContain('starts both')
    expect(messagesOf((await put(['取消'], 0)).problems)).toContain('the platform')
    expect(await put(['伙食费'], 0)).toEqual({ problems: [], version: 1 })
    expect(await explain(' 伙食费！')).toMatchObject({ by: 'expression', plugin: 'school', intent: 'fee' })
    expect(await explain('我想报 24 个月的编程课')).toEqual({
      by: 'reading',
      word: null,
      plugin: 'school',
      intent: 'course',
      input: '{"months":24}',
    })
    expect(await explain('人工')).toMatchObject({ by: 'platform', word: 'human' })
    const phone = sandbox.phone('+8613800000004')
    expect(textOf(await phone.ask('伙食费', '4月餐费'))).toContain('4月餐费')
    await expect(put([], 0)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('is an editor’s business, and no other tenant’s', async () => {
    const editor = await keyOf(`editor:${tenant}`)
    expect((await editor.intents.list.query({ tenant, limit: 1 })).items).toHaveLength(1)
    const agent = await keyOf(`agent:${tenant}`)
    await expect(agent.menus.get.query(bot)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const other = await keyOf('owner:northern-rail')
    await expect(other.menus.get.query(bot)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const change = other.templates.put.mutate({ ...place, text: 'choose', source: 'x', version: 0 })
    await expect(change).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
