import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdminClient } from '@inthread/client'
import { buildTalk } from '../kit/crowd/build-talk.ts'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { listPlugins } from '../kit/scenes/list-plugins.ts'
import type { ConsoleScreen } from './console-screen.ts'
import { openConsoleStage, type ConsoleStage, type Look } from './console-stage.ts'
import { drawLooks } from './draw-looks.ts'

const tenant = 'northern-rail'

describeWithBrowser('the console’s plugins', (program) => {
  describeOnSqlite('of a tenant', (openDatabase) => {
    let stage: ConsoleStage
    beforeAll(async () => {
      const own = (await listPlugins()).map(({ plugin }) => plugin)
      const talks = ['1.0.0', '1.1.0'].map((version) => buildTalk({ version, revision: 1 }))
      const chats = ['1.0.0', '1.1.0'].map((version, index) =>
        buildTalk({ id: 'chat', version, revision: 1, ...(index === 0 ? {} : { publisher: 'acme' }) }),
      )
      stage = await openConsoleStage({
        ...{ program, database: await openDatabase(), album: 'console-plugins' },
        house: { plugins: [...own, ...talks, ...chats] },
      })
      await buyTicket(stage.sandbox.phone('+8613800000001'))
    }, 180_000)
    afterAll(() => stage.close())

    const enter = (look: Look, path: string): Promise<ConsoleScreen> => stage.enter(look, `/t/${tenant}${path}`)

    it.each(drawLooks())(
      'are listed and described (%s)',
      async (look) => {
        const screen = await enter(look, '/plugins')
        const { page } = screen
        await page.getByRole('row', { name: 'travel' }).waitFor()
        await page.getByRole('link', { name: /(安装|Install) school/ }).waitFor()
        await page.getByText(look === 'zh' ? '学校缴费' : 'School fees').waitFor()
        expect(await screen.look('list')).toEqual([])
        await page.getByText(look === 'zh' ? '银行办理' : "Bank's dialogues").click()
        await page.getByRole('row', { name: /^(付款|Payment) ?payment/ }).waitFor()
        expect(await screen.look('dialogues')).toEqual([])
        await page.getByText(look === 'zh' ? '场景' : 'Scenes', { exact: true }).click()
        await page.getByRole('row', { name: 'travel' }).getByRole('button').press('Enter')
        await page.getByText(look === 'zh' ? '支付您选购的火车票' : 'Pay for the train ticket you chose').waitFor()
        await page.getByText('¥5,000.00 CNY').waitFor()
        expect(await screen.look('about')).toEqual([])
        await page.getByRole('tab', { name: look === 'zh' ? '流程' : 'Flows' }).click()
        await page.getByRole('img').first().waitFor()
        expect(await screen.look('flows')).toEqual([])
        await page.getByRole('button', { name: look === 'zh' ? '适合宽度' : 'Fit the width' }).click()
        expect(await screen.look('flows-whole')).toEqual([])
        await page.getByText(look === 'zh' ? '步骤列表' : 'List of steps').click()
        await page.getByRole('table').waitFor()
        expect(await screen.look('steps')).toEqual([])
        await page.getByRole('tab', { name: look === 'zh' ? '设置' : 'Settings' }).click()
        await page.getByRole('textbox', { name: look === 'zh' ? '预售天数' : 'Days on sale' }).waitFor()
        expect(await screen.look('settings')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('say what is wrong with a draft, publish it, and take an older one back', async () => {
      const screen = await enter('en', '/plugins/rail/travel?tab=settings')
      const { page } = screen
      await page.getByRole('textbox', { name: 'Days on sale' }).fill('90')
      await page.getByRole('button', { name: 'Check' }).click()
      await page.getByText('1 thing has to be mended').waitFor()
      await page.getByText('$.config.daysAhead').waitFor()
      await page.getByText('At most 60', { exact: true }).waitFor()
      expect(await screen.look('draft-wrong')).toEqual([])
      await page.reload()
      expect(await page.getByRole('textbox', { name: 'Days on sale' }).inputValue()).toBe('90')
      await page.getByRole('textbox', { name: 'Days on sale' }).fill('30')
      await page.getByRole('button', { name: 'Publish' }).click()
      const dialog = page.getByRole('dialog', { name: 'Publish these settings?' })
      await dialog.getByRole('cell', { name: '30' }).waitFor()
      expect(await screen.look('publish')).toEqual([])
      await dialog.getByRole('button', { name: 'Publish' }).click()
      await page.getByText('New conversations use the new settings.').waitFor()
      const { config } = await stage.sandbox.api.installations.get.query({ tenant, bot: 'rail', plugin: 'travel' })
      expect(config).toMatchObject({ tenant: { daysAhead: 30 } })
      await page.getByRole('tab', { name: 'History' }).click()
      await page.getByRole('row', { name: 'In force' }).waitFor()
      await page.getByRole('table').getByRole('button').last().press('Enter')
      await page.getByRole('dialog').getByRole('cell', { name: 'Days on sale' }).waitFor()
      expect(await screen.look('history')).toEqual([])
      await page.getByRole('button', { name: 'Take back as a draft' }).click()
      await page.getByText('Only this tab keeps it.').waitFor()
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('are allowed less at once, and more by two', async () => {
      const screen = await enter('en', '/plugins/rail/travel')
      const { page } = screen
      await page.getByRole('button', { name: 'Change the limits' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('At most at once').fill('4000.00')
      expect(await screen.look('limits')).toEqual([])
      await dialog.getByRole('button', { name: 'Change the limits' }).click()
      await page.getByText('The grant is in force').waitFor()
      await page.getByText('¥4,000.00 CNY').waitFor()
      await page.getByRole('button', { name: 'Change the limits' }).click()
      await dialog.getByLabel('At most at once').fill('6000.00')
      await dialog.getByRole('button', { name: 'Change the limits' }).click()
      await page.getByText('Ask a colleague to approve it under Approvals.').waitFor()
      const grants = await stage.sandbox.api.grants.list.query({ tenant })
      expect(grants.find(({ grant }) => grant.side === 'plugin')?.terms).toMatchObject({
        ...{ perCall: '4000.00', perUserDay: '50000.00', perMinute: 600 },
      })
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('are upgraded once it is known what that means', async () => {
      const talk = { tenant, bot: 'rail', plugin: 'talk' }
      await stage.sandbox.api.installations.install.mutate({ ...talk, range: '~1.0' })
      const screen = await enter('en', '/plugins')
      const { page } = screen
      await page.getByRole('row', { name: '1.1.0 is there' }).getByRole('button').press('Enter')
      await page.getByText('Nothing to decide').waitFor()
      expect(await screen.look('upgrade')).toEqual([])
      await page.getByRole('button', { name: 'Upgrade to 1.1.0' }).click()
      await page.getByText('Upgraded', { exact: true }).waitFor()
      expect(await stage.sandbox.api.installations.get.query(talk)).toMatchObject({ version: '1.1.0' })
      await stage.sandbox.api.installations.uninstall.mutate(talk)
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('are upgraded by two where the publisher is another one: who asks does not approve', async () => {
      const { api } = stage.sandbox
      const chat = { tenant, bot: 'rail', plugin: 'chat' }
      await api.installations.install.mutate({ ...chat, range: '~1.0' })
      const [asker, second] = await Promise.all(
        ['asker', 'second'].map((name) => api.keys.create.mutate({ name, role: `owner:${tenant}` })),
      )
      const open = async (key: string | undefined): Promise<ConsoleScreen> => {
        const screen = await stage.enter('zh', `/t/${tenant}/plugins/rail/chat`, { key: key ?? '' })
        await screen.page.getByText('发布方由').waitFor()
        return screen
      }
      const first = await open(asker?.key)
      await first.page.getByRole('checkbox').check()
      expect(await first.look('upgrade-review')).toEqual([])
      await first.page.getByRole('button', { name: '升级到 1.1.0' }).click()
      await first.page.getByText('这是您提出的').first().waitFor()
      expect(await first.page.getByRole('button', { name: /升级到/ }).count()).toBe(0)
      expect(await first.look('upgrade-own')).toEqual([])
      const [proposal] = (await api.proposals.list.query({ tenant, state: 'open', limit: 200 })).items
      const approval = { proposal: proposal?.id ?? '', digest: proposal?.digest ?? '' }
      const own = createAdminClient({ url: stage.sandbox.house.url, apiKey: asker?.key ?? '' })
      const refused = await own.installations.upgrade.mutate({ ...chat, version: '1.1.0', consent: true, approval })
      expect(refused).toMatchObject({ done: false, problems: [{ code: 'decide.somebody_else' }] })
      const other = await open(second?.key)
      await other.page.getByRole('checkbox').check()
      expect(await other.look('upgrade-second')).toEqual([])
      await other.page.getByRole('button', { name: '批准并升级' }).click()
      await other.page.getByText('已升级', { exact: true }).waitFor()
      expect(await api.installations.get.query(chat)).toMatchObject({ version: '1.1.0', state: 'active' })
      await api.installations.uninstall.mutate(chat)
      expect([...first.complaints, ...other.complaints]).toEqual([])
      await Promise.all([first.close(), other.close()])
    }, 60_000)

    it('are paused, stopped at once and uninstalled, and each time it is said what will happen', async () => {
      const screen = await enter('zh', '/plugins/rail/travel')
      const { page } = screen
      const act = async (name: string): Promise<void> => {
        await page.getByRole('button', { name: '操作' }).click()
        await page.getByRole('menuitem', { name }).click()
      }
      await act('暂停')
      await page.getByRole('dialog').getByRole('button', { name: '暂停' }).click()
      await page.getByRole('button', { name: '恢复' }).click()
      await page.getByText('运行中').waitFor()
      await act('紧急停用')
      const kill = page.getByRole('dialog')
      await kill.getByLabel('同时阻止一切资金操作').check()
      await kill.getByLabel('原因').fill('票价有误')
      const stop = kill.getByRole('button', { name: '紧急停用' })
      expect(await stop.isDisabled()).toBe(true)
      await kill.getByLabel('请输入').fill('travel')
      expect(await stop.isEnabled()).toBe(true)
      expect(await screen.look('kill')).toEqual([])
      await stop.click()
      await page.getByText('已停用', { exact: true }).waitFor()
      await page.getByText('已被紧急停用').waitFor()
      expect(await stage.sandbox.api.plugins.kills.query({})).toMatchObject({ items: [{ level: 'money', tenant }] })
      await act('卸载')
      const uninstall = page.getByRole('dialog')
      await uninstall.getByLabel('请输入').fill('travel')
      expect(await screen.look('uninstall')).toEqual([])
      await uninstall.getByRole('button', { name: '卸载' }).click()
      await page.getByRole('dialog', { name: '清除回执' }).getByText('资料表 trains').waitFor()
      expect(await screen.look('receipt')).toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
      await page.getByText('还没有安装插件').waitFor()
      expect(await screen.look('none')).toEqual([])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)
  })
})
