import { afterAll, beforeAll, expect, it } from 'vitest'
import { buyTicket, readBank } from '../kit/purchase.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import type { ConsoleScreen } from './console-screen.ts'
import { openConsoleStage, type ConsoleStage, type Look } from './console-stage.ts'
import { drawLooks } from './draw-looks.ts'

const tenant = 'northern-rail'

describeWithBrowser('the console’s simulator', (program) => {
  describeOnSqlite('of a bot', (openDatabase) => {
    let stage: ConsoleStage
    beforeAll(async () => {
      stage = await openConsoleStage({ program, database: await openDatabase(), album: 'console-simulator' })
      await buyTicket(stage.sandbox.phone('+8613800000001'))
    }, 180_000)
    afterAll(() => stage.close())

    const enter = (look: Look, path: string): Promise<ConsoleScreen> => stage.enter(look, `/t/${tenant}${path}`)
    const phoneOf = ({ page }: ConsoleScreen) => page.getByRole('region', { name: /^(手机|Phone)$/ })
    const say = async (screen: ConsoleScreen, words: string): Promise<void> => {
      await phoneOf(screen)
        .getByRole('textbox', { name: /^(发消息|Write a message)$/ })
        .fill(words)
      await screen.page.keyboard.press('Enter')
    }
    const tap = (screen: ConsoleScreen, label: string): Promise<void> =>
      phoneOf(screen).getByRole('button', { name: label, exact: true }).last().click()
    const toBank = async (screen: ConsoleScreen): Promise<void> => {
      await say(screen, '明天上午从成都到北京，一张二等座')
      await tap(screen, '对')
      await tap(screen, '选 G308')
      await tap(screen, '支付')
      await phoneOf(screen).getByRole('button', { name: '确认支付' }).waitFor()
    }

    it.each(drawLooks())(
      'is reached from a plugin, and says beside the phone why it says that (%s)',
      async (look) => {
        const zh = look === 'zh'
        const screen = await enter(look, '/plugins/rail/travel')
        const { page } = screen
        await page.getByRole('link', { name: zh ? '在模拟器里试' : 'Try in the simulator' }).click()
        await screen.heading(zh ? '模拟器' : 'Simulator')
        await page.getByText(zh ? '像用户一样说一句话' : 'Say something as a user would').waitFor()
        expect(await screen.look('empty')).toEqual([])
        await toBank(screen)
        const why = page.getByRole('region', { name: zh ? '为什么这样说' : 'Why does it say that?' })
        await why
          .getByText(zh ? 'travel 读懂了这句话：意图“search”' : 'travel has understood it: intent “search”')
          .waitFor()
        await why.getByText('payment.pay').first().waitFor()
        await why.getByText('¥553.50 CNY').first().waitFor()
        expect(await screen.look('at-the-bank')).toEqual([])
        await tap(screen, '确认支付')
        await say(screen, '123456')
        const answer = page.getByRole('region', { name: zh ? '替银行答复' : 'Answer for the bank' })
        await answer.getByText(zh ? '其他答复' : 'Other answers').click()
        expect(await screen.look('answer')).toEqual([])
        await answer.getByRole('button', { name: zh ? '拒绝' : 'Declines' }).click()
        await phoneOf(screen).getByText('没有支付成功').waitFor()
        expect(await why.getByText('123456').count()).toBe(0)
        expect(await screen.look('declined')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      90_000,
    )

    it('leads back, lets time pass, and keeps its place while somebody looks something up', async () => {
      const screen = await enter('zh', '/simulator')
      const { page } = screen
      await say(screen, '订火车票')
      await phoneOf(screen).getByText('您从哪个城市出发').waitFor()
      await page.getByRole('button', { name: '时间快进' }).click()
      await page.getByRole('menuitem', { name: '1 小时' }).click()
      await page.getByText('时间到：').first().waitFor()
      await page.getByRole('link', { name: '文案' }).click()
      await screen.heading('文案')
      await page.goBack()
      await page.getByText('时间到：').first().waitFor()
      await page.getByRole('button', { name: '退一步' }).click()
      await page.getByText('时间到：').first().waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '重新开始' }).click()
      await page.getByText('像用户一样说一句话').waitFor()
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('tries settings and words that nobody has published yet', async () => {
      const screen = await enter('en', '/plugins/rail/travel?tab=settings')
      const { page } = screen
      await page.getByRole('textbox', { name: 'Days on sale' }).fill('90')
      await page.getByRole('link', { name: 'Try in the simulator' }).click()
      await page.getByText('Trying a change that is not published yet').waitFor()
      await page.getByText('$.draft.config.travel.daysAhead').waitFor()
      expect(await screen.look('draft-wrong')).toEqual([])
      await page.getByLabel('Use unpublished changes').uncheck()
      await phoneOf(screen).waitFor()
      await page.goto(
        `${stage.sandbox.house.url}/console/t/${tenant}/texts?plugin=travel&text=askOrigin&language=zh-CN`,
      )
      const wording = page.getByRole('textbox', { name: 'Wording' })
      await wording.fill('请问您从哪里上车？')
      await page.getByRole('button', { name: 'Try in the simulator' }).click()
      await page.getByLabel('Use unpublished changes').uncheck()
      await say(screen, '订火车票')
      await phoneOf(screen).getByText('您从哪个城市出发').waitFor()
      expect(await screen.look('draft-off')).toEqual([])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it.each(drawLooks())(
      'replays a stored conversation, without what was the bank’s (%s)',
      async (look) => {
        const zh = look === 'zh'
        const screen = await enter(look, '/threads')
        const { page } = screen
        const before = (await readBank(stage.sandbox.street.bankUrl)).payments.length
        await page.getByRole('table').getByRole('button').first().press('Enter')
        await page.getByRole('link', { name: zh ? '在模拟器里重放' : 'Replay in the simulator' }).click()
        await page.getByText(zh ? '正在重放一个真实会话' : 'A real conversation, replayed').waitFor()
        await page.getByText(zh ? '说给银行的 1 条' : '1 meant for the bank').waitFor()
        await phoneOf(screen).getByText('出票成功').waitFor()
        expect(await screen.look('replay')).toEqual([])
        expect((await readBank(stage.sandbox.street.bankUrl)).payments).toHaveLength(before)
        await page.getByRole('button', { name: zh ? '重新开始' : 'Start over' }).click()
        await page.getByText(zh ? '像用户一样说一句话' : 'Say something as a user would').waitFor()
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('is used by keyboard alone, and fits a phone', async () => {
      const screen = await stage.enter('zh', `/t/${tenant}/simulator`, { width: 390 })
      const { page } = screen
      const field = phoneOf(screen).getByRole('textbox', { name: '发消息' })
      await field.focus()
      await page.keyboard.insertText('明天上午从成都到北京，一张二等座')
      await page.keyboard.press('Enter')
      const button = phoneOf(screen).getByRole('button', { name: '对', exact: true })
      await button.waitFor()
      await button.focus()
      await page.keyboard.press('Enter')
      await phoneOf(screen).getByText('选 G308').waitFor()
      await phoneOf(screen).getByRole('button', { name: '我的车票' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: '退票' }).waitFor()
      expect(await screen.look('menu')).toEqual([])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await phoneOf(screen).getByText('改签').last().waitFor()
      expect(await screen.measureOverhang()).toBeLessThanOrEqual(0)
      expect(await screen.look('thread')).toEqual([])
      await page.getByLabel('按短信显示').check()
      await page.getByRole('heading', { name: '为什么这样说' }).scrollIntoViewIfNeeded()
      expect(await screen.look('sms')).toEqual([])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)
  })
})
