import { afterAll, beforeAll, expect, it } from 'vitest'
import { Phone } from '../kit/phone.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openConsoleStage, type ConsoleStage } from './console-stage.ts'
import { PhoneScreen } from './phone-screen.ts'
import { openPageCache } from './results-folder.ts'

const tenant = 'riverside-school'
const bot = 'sip:106900000002@botplatform.rcs.vnet.cn'
const number = '+8613800000001'
const fees = 'id,state,name,nameEn,amount,currency\nmeal-04,open,4月餐费,Meals in April,480.00,CNY\n'

describeWithBrowser('a new tenant', (program) => {
  describeOnSqlite('that nobody has written a file for', (openDatabase) => {
    let stage: ConsoleStage
    beforeAll(async () => {
      const street = { page: true, operator: { pageCache: openPageCache() } }
      stage = await openConsoleStage({ program, database: await openDatabase(), album: 'console-tenant', street })
    }, 180_000)
    afterAll(() => stage.close())

    it('is made, with what is wrong named at its field', async () => {
      const screen = await stage.enter('zh', `/new`)
      const { page } = screen
      const [ofTenant, ofBot] = [
        page.getByRole('region', { name: '租户' }),
        page.getByRole('region', { name: '第一个' }),
      ]
      await ofTenant.getByLabel('名称').fill('江畔学校')
      await ofTenant.getByRole('textbox', { name: '内部标识' }).fill('riverside_school')
      await ofTenant.getByLabel('时区').fill('Asia/Shanghai')
      await ofBot.getByLabel('名称').fill('江畔学校')
      await ofBot.getByLabel('内部标识').fill('school')
      await ofBot.getByLabel('服务号码').fill('106900000002')
      await page.getByRole('button', { name: '创建租户' }).click()
      await page.getByText('有 1 处需要改正').waitFor()
      expect(await screen.look('new')).toEqual([])
      await ofTenant.getByRole('textbox', { name: '内部标识' }).fill(tenant)
      await page.getByRole('button', { name: '创建租户' }).click()
      await page.getByText('租户已创建').waitFor()
      await page.getByText('还没有安装插件').waitFor()
      const { definition } = await stage.sandbox.api.tenants.export.query({ tenant })
      expect(definition).toMatchObject({
        tenant: { id: tenant, timeZone: 'Asia/Shanghai', currency: 'CNY' },
        operators: [{ channel: 'csp-json', chatbotId: bot, appKey: { secret: expect.stringMatching(/^kept:/) } }],
        banks: [{ connector: 'open-api', baseUrl: 'sandbox:bank' }],
      })
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('changes how it is connected, and sees first what that means', async () => {
      const screen = await stage.enter('en', `/t/${tenant}/connections`)
      const { page } = screen
      await page.getByRole('button', { name: 'Change school' }).click()
      const dialog = page.getByRole('dialog', { name: 'Change school' })
      await dialog.getByRole('textbox', { name: 'Website' }).fill('no address')
      await dialog.getByRole('button', { name: 'Next' }).click()
      await dialog.getByText('One thing has to be put right').waitFor()
      expect(await screen.look('bot')).toEqual([])
      await dialog.getByRole('textbox', { name: 'Website' }).fill('https://school.example')
      await dialog.getByRole('button', { name: 'Next' }).click()
      const review = page.getByRole('dialog', { name: 'This will change' })
      await review.getByText('bot school').waitFor()
      expect(await screen.look('plan')).toEqual([])
      await review.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved').waitFor()
      await page.getByRole('button', { name: 'Add an operator account' }).click()
      const account = page.getByRole('dialog', { name: 'Add an operator account' })
      await account.getByLabel('App key').waitFor()
      expect(await screen.look('operator')).toEqual([])
      await account.getByRole('button', { name: 'Cancel' }).click()
      expect(await screen.look('connections')).toEqual([])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('installs a scene, and is told what it wants and what is still missing', async () => {
      const screen = await stage.enter('zh', `/t/${tenant}/plugins`)
      const { page } = screen
      await page.getByText('还没有安装插件').waitFor()
      await page.getByRole('link', { name: '安装 school' }).click()
      await screen.heading('安装“学校缴费”')
      await page.getByRole('img').first().waitFor()
      expect(await screen.look('what')).toEqual([])
      await page.getByRole('button', { name: '下一步' }).click()
      await page.getByText('支付学校费用和课程').waitFor()
      await page.getByLabel('单笔上限').fill('1000.00')
      expect(await screen.look('consent')).toEqual([])
      await page.getByRole('button', { name: '同意并继续' }).click()
      const hours = page.getByRole('textbox', { name: '名额保留多久' })
      await hours.fill('99')
      await page.getByRole('button', { name: '安装', exact: true }).click()
      await page.getByText('最大为 48').first().waitFor()
      expect(await screen.look('wrong')).toEqual([])
      await hours.fill('12')
      await page.getByRole('button', { name: '安装', exact: true }).click()
      await page.getByText('“学校缴费”已安装').waitFor()
      await page.getByText('授权“pay”等待第二人批准').waitFor()
      await page.getByText('资料表“fees”还是空的').waitFor()
      expect(await screen.look('result')).toEqual([])
      const installed = await stage.sandbox.api.installations.get.query({ tenant, bot: 'school', plugin: 'school' })
      expect(installed).toMatchObject({ state: 'active', config: { tenant: { keepHours: 12 } } })
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('gives its bot a menu, which the operator gets', async () => {
      const screen = await stage.enter('en', `/t/${tenant}/menu`)
      const { page } = screen
      await page.getByText('No menu yet').waitFor()
      await page.getByRole('button', { name: 'Add a key' }).click()
      await page.getByRole('textbox', { name: 'Key 1: Name in Chinese' }).fill('缴费')
      await page.getByRole('textbox', { name: 'Key 1: Name in English' }).fill('Pay')
      await page.getByRole('combobox', { name: 'Key 1: A tap' }).click()
      await page.getByRole('option', { name: 'opens a submenu' }).click()
      await page.getByRole('button', { name: 'Publish the menu' }).click()
      await page.getByText('One thing has to be put right').waitFor()
      await page.getByRole('button', { name: 'Add an entry' }).click()
      await page.getByRole('textbox', { name: 'Key 1, Entry 1: Name in Chinese' }).fill('学校费用')
      await page.getByRole('textbox', { name: 'Key 1, Entry 1: Name in English' }).fill('School fees')
      await page.getByRole('combobox', { name: 'Key 1, Entry 1: A tap' }).click()
      await page.getByRole('option').nth(0).click()
      expect(await screen.look('menu')).toEqual([])
      await page.getByRole('button', { name: 'Publish the menu' }).click()
      await page.getByText('Published to the operators').waitFor()
      await page.getByRole('region', { name: 'Where it is published' }).getByText('Done').waitFor()
      const { menu } = await stage.sandbox.api.menus.get.query({ tenant, bot: 'school' })
      expect(menu).toMatchObject([
        { label: { en: 'Pay' }, entries: [{ label: { en: 'School fees' }, plugin: 'school' }] },
      ])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('imports its data, the bad lines named before anything is written', async () => {
      const screen = await stage.enter('en', `/t/${tenant}/data`)
      const { page } = screen
      await page.getByRole('row', { name: 'fees' }).getByRole('button').press('Enter')
      await page.getByText('This table is empty').waitFor()
      await page.getByRole('button', { name: 'Import CSV' }).click()
      const dialog = page.getByRole('dialog')
      const choose = async (text: string): Promise<void> => {
        await page.locator('input[type=file]').setInputFiles({
          ...{ name: 'fees.csv', mimeType: 'text/csv' },
          buffer: Buffer.from(text),
        })
      }
      await choose(`${fees}trip-05,open,5月春游,Spring outing,many,CNY\n`)
      await dialog.getByRole('cell', { name: 'amount' }).waitFor()
      expect(await screen.look('import-bad')).toEqual([])
      expect(await dialog.getByRole('button', { name: 'Write 1 row' }).isDisabled()).toBe(true)
      await choose(fees)
      await dialog.getByText('Every line can be written.').waitFor()
      await dialog.getByRole('button', { name: 'Write 1 row' }).click()
      await page.getByText('1 row imported').waitFor()
      await page.getByRole('row', { name: 'meal-04' }).waitFor()
      expect(await screen.look('table')).toEqual([])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('is granted what the scene needs by a second person', async () => {
      const { key } = await stage.sandbox.api.keys.create.mutate({ name: 'second', role: 'bank' })
      const screen = await stage.enter('en', `/t/${tenant}/approvals?state=open`, { key })
      const { page } = screen
      await page.getByRole('row', { name: 'Switch a grant on' }).getByRole('button').press('Enter')
      await page.getByRole('button', { name: 'Approve' }).click()
      await page.getByRole('dialog', { name: 'Approve this change?' }).getByRole('button', { name: 'Approve' }).click()
      await page.getByText('Approved and carried out').waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('Nothing waits for approval').waitFor()
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 60_000)

    it('publishes other settings, takes its first fee on a phone, and gives a part of it back', async () => {
      const screen = await stage.enter('zh', `/t/${tenant}/plugins/school/school?tab=settings`)
      const { page } = screen
      await page.getByRole('textbox', { name: '名额保留多久' }).fill('24')
      await page.getByRole('button', { name: '发布' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '发布' }).click()
      await page.getByText('新的会话已在使用新设置。').waitFor()

      const { operatorUrl, bankUrl } = stage.sandbox.street
      const album = 'console-tenant-phone'
      const phone = await PhoneScreen.open({ browser: stage.browser, operatorUrl, number, chat: bot, album })
      await phone.write('餐费')
      await phone.send()
      await phone.waitForText('4月餐费')
      await phone.look('first-message')
      await phone.tapOn('4月餐费 ¥480.00', '支付')
      await phone.confirmCard.getByRole('button', { name: '确认支付' }).tap()
      await phone.waitForText('验证码已发送')
      await phone.write(await new Phone({ operatorUrl, bankUrl, number, bot }).code())
      await phone.send()
      await phone.waitForText('4月餐费已缴')
      await phone.look('paid')
      await phone.close()

      await page.getByRole('link', { name: '概览' }).click()
      await page.getByText('¥480.00 CNY').first().waitFor()
      expect(await screen.look('overview')).toEqual([])
      await page.getByRole('link', { name: '订单', exact: true }).click()
      await page.getByRole('row', { name: '成功' }).getByRole('button').press('Enter')
      const sheet = page.getByRole('dialog', { name: '订单详情' })
      await sheet.getByRole('button', { name: '退款' }).click()
      const refund = page.getByRole('dialog', { name: /^退款/ })
      await refund.getByLabel('退款金额').fill('80')
      await refund.getByRole('button', { name: '退款 ¥80.00 CNY' }).click()
      await sheet.getByText('¥80.00').first().waitFor()
      expect(await screen.look('refunded')).toEqual([])
      const { items } = await stage.sandbox.api.orders.refunds.query({ tenant })
      expect(items).toMatchObject([{ amount: { value: '8000', currency: 'CNY' } }])
      expect(screen.complaints).toEqual([])
      await screen.close()
    }, 90_000)
  })
})
