import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openConsoleStage, type ConsoleStage } from './console-stage.ts'
import { drawLooks } from './draw-looks.ts'

const rail = 'northern-rail'
const words = {
  zh: {
    ...{ none: '没有用户在排队', reason: '用户要求人工', claim: '接待', write: '回复用户', send: '发送' },
    ...{ manage: '管理常用回复', add: '新增', name: '名称', text: '内容', save: '保存', ready: '常用回复' },
    ...{ release: '放回队列', back: '交还机器人', over: '这次接待已结束', close: '关闭', overview: '位用户在等人工' },
  },
  en: {
    ...{ none: 'Nobody is waiting', reason: 'Asked for a person', claim: 'Take it', write: 'Answer the user' },
    ...{ send: 'Send', manage: 'Manage ready answers', add: 'New answer', name: 'Name', text: 'Words', save: 'Save' },
    ...{ ready: 'Ready answers', release: 'Back to the queue', back: 'Back to the bot', over: 'This case is closed' },
    ...{ close: 'Close', overview: 'waits for a person' },
  },
} as const
const callers = { zh: '+8613800000001', en: '+8613800000002' } as const

describeWithBrowser('the desk in the console', (program) => {
  describeOnSqlite('with users who ask for a person', (openDatabase) => {
    let stage: ConsoleStage
    let key: string
    beforeAll(async () => {
      stage = await openConsoleStage({ program, database: await openDatabase(), album: 'console-desk' })
      ;({ key } = await stage.sandbox.api.keys.create.mutate({ name: 'desk', role: `agent:${rail}` }))
    }, 180_000)
    afterAll(() => stage.close())

    it.each(drawLooks())(
      'takes one of them, answers, and gives the bot back (%s)',
      async (look) => {
        const say = words[look]
        const user = stage.sandbox.phone(callers[look])
        const screen = await stage.enter(look, `/t/${rail}/desk`, { key })
        const { page } = screen
        await page.getByText(say.none).first().waitFor()
        expect(await page.locator('.tenant-only').innerText()).toBe('北方铁路')
        expect(await screen.look('nobody')).toEqual([])
        await user.say('人工')
        await user.waitFor('转接')
        await user.say('我的票改不了')
        // Nothing was asked for again: the queue and what is said come by themselves.
        await page.getByRole('button', { name: say.reason }).click()
        await page.getByRole('log').getByText('我的票改不了').waitFor()
        await page.getByRole('button', { name: say.claim, exact: true }).click()
        await user.waitFor('工作人员已接入')
        await addAnswer(page, say)
        expect(await screen.look('answers')).toEqual([])
        await page.getByRole('dialog').getByRole('button', { name: say.close, exact: true }).click()
        await page.getByRole('combobox', { name: say.ready }).click()
        await page.getByRole('option', { name: `${look} hours` }).click()
        const field = page.getByRole('textbox', { name: say.write })
        expect(await field.inputValue()).toBe('Our counter is open from 7 to 22.')
        await field.press('ControlOrMeta+Enter')
        await user.waitFor('Our counter is open from 7 to 22.')
        await page.getByRole('log').getByText('Our counter is open from 7 to 22.').waitFor()
        expect(await field.inputValue()).toBe('')
        expect(await screen.look('talk')).toEqual([])
        await end(page, say.release)
        await page.getByRole('button', { name: say.claim, exact: true }).click()
        await end(page, say.back)
        await user.waitFor('已回到自动办理')
        await page.getByText(say.over).waitFor()
        expect(await screen.look('over')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('gets a conversation that somebody takes over', async () => {
      const user = stage.sandbox.phone('+8613800000004')
      await user.say('你好')
      await user.waitFor(() => true)
      const screen = await stage.enter('zh', `/t/${rail}/threads`, { key })
      const { page } = screen
      await page.getByRole('table').getByRole('button').first().click()
      await page.getByRole('button', { name: '人工接管' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '人工接管' }).click()
      await page.getByRole('textbox', { name: '回复用户' }).waitFor()
      await user.waitFor('工作人员已接入')
      await end(page, '交还机器人')
      await user.waitFor('已回到自动办理')
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('shows one thing at a time on a phone', async () => {
      const user = stage.sandbox.phone('+8613800000003')
      await user.say('人工')
      await user.waitFor('转接')
      const screen = await stage.enter('zh', `/t/${rail}/desk`, { key, width: 390 })
      const { page } = screen
      await page.getByRole('button', { name: '用户要求人工' }).waitFor()
      expect(await screen.measureOverhang()).toBeLessThanOrEqual(0)
      expect(await screen.look('queue')).toEqual([])
      await page.getByRole('button', { name: '用户要求人工' }).click()
      await page.getByRole('button', { name: '接待', exact: true }).click()
      await page.getByRole('textbox', { name: '回复用户' }).waitFor()
      expect(await screen.measureOverhang()).toBeLessThanOrEqual(0)
      expect(await screen.look('talk')).toEqual([])
      await page.getByRole('button', { name: '返回队列' }).click()
      await page.getByRole('button', { name: '用户要求人工' }).waitFor()
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('keeps a conversation with one case, and what was typed for another one', async () => {
      const { api } = stage.sandbox
      const { definition } = await api.tenants.export.query({ tenant: rail })
      const { tenant, ...rest } = definition as { readonly tenant: object }
      // Where nobody is handed over, each wish for a person is a case of its own.
      await api.tenants.apply.mutate({ definition: { ...rest, tenant: { ...tenant, handOver: false } } })
      const user = stage.sandbox.phone('+8613800000004')
      const screen = await stage.enter('zh', `/t/${rail}/desk`, { key })
      const { page } = screen
      const waiting = page.getByRole('region', { name: '等待接待' }).getByRole('button')
      for (const n of [0, 1]) {
        await user.say('人工')
        await waiting.nth(n).waitFor()
      }
      await waiting.first().click()
      await page.getByRole('button', { name: '接待', exact: true }).click()
      await user.waitFor('工作人员已接入')
      await page.getByRole('textbox', { name: '回复用户' }).fill('马上为您查')
      await waiting.click()
      await page.getByRole('button', { name: '接待', exact: true }).click()
      await page.getByText('这个会话正由另一次接待处理').waitFor()
      expect(await screen.look('elsewhere')).toEqual([])
      await page.getByRole('button', { name: '打开那次接待' }).click()
      const field = page.getByRole('textbox', { name: '回复用户' })
      expect(await field.inputValue()).toBe('马上为您查')
      await field.press('ControlOrMeta+Enter')
      await user.waitFor('马上为您查')
      // The refusal is an answer with a status of its own, of which the browser tells.
      expect(screen.complaints.filter((line) => !line.includes('409'))).toEqual([])
      await screen.close()
    }, 60_000)
  })
})

type Page = Awaited<ReturnType<ConsoleStage['enter']>>['page']

async function addAnswer(page: Page, say: (typeof words)['zh' | 'en']): Promise<void> {
  await page.getByRole('button', { name: say.manage }).click()
  await page.getByRole('button', { name: say.add }).click()
  await page.getByRole('textbox', { name: say.name }).fill(say === words.zh ? 'zh hours' : 'en hours')
  await page.getByRole('textbox', { name: say.text }).fill('Our counter is open from 7 to 22.')
  await page.getByRole('button', { name: say.save }).click()
  await page.getByRole('button', { name: say.add }).waitFor()
}

/** Says so twice, as everything that ends something is. */
async function end(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
}
