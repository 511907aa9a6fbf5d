import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAll } from '@inthread/store/sql'
import { drawPart } from '../kit/chance/draw.ts'
import { applyTenant } from '../kit/definition.ts'
import { Phone } from '../kit/phone.ts'
import { buyTicket } from '../kit/purchase.ts'
import { describeOnSqlite, describeWithBrowser } from '../kit/requirements.ts'
import { openConsoleStage, type ConsoleStage } from './console-stage.ts'
import { drawLooks } from './draw-looks.ts'

const rail = 'northern-rail'
const school = 'riverside-school'
const schoolBot = 'sip:106900000002@botplatform.rcs.vnet.cn'

describeWithBrowser('the console’s other pages', (program) => {
  describeOnSqlite('with what has happened', (openDatabase) => {
    let stage: ConsoleStage
    beforeAll(async () => {
      stage = await openConsoleStage({ program, database: await openDatabase(), album: 'console-pages' })
      const { sandbox } = stage
      await buyTicket(sandbox.phone('+8613800000001'))
      await openBreak(stage)
      await applyTenant(sandbox.api, school)
      await askConsents(stage)
    }, 180_000)
    afterAll(() => stage.close())

    it.each(drawLooks())(
      'shows texts as a phone does, while they are worded (%s)',
      async (look) => {
        const screen = await stage.enter(look, `/t/${rail}/texts`)
        const { page } = screen
        const zh = look === 'zh'
        await page.getByRole('table').getByRole('button').nth(3).waitFor()
        expect(await screen.look('texts')).toEqual([])
        await page.getByRole('textbox', { name: zh ? '查找文案' : 'Find a text' }).fill('refund')
        await page.keyboard.press('Enter')
        await page.getByRole('table').getByRole('button').first().press('Enter')
        const field = page.getByRole('textbox', { name: zh ? '内容' : 'Wording' })
        const before = await field.inputValue()
        await field.fill(`${before}★`)
        await page.locator('.phone').getByText('★').first().waitFor()
        expect(await screen.look('text')).toEqual([])
        await field.fill('{{nobody}}')
        await page.getByRole('alert').first().waitFor()
        await field.fill(`${before}★`)
        await page.getByRole('button', { name: zh ? '发布' : 'Publish' }).click()
        await page.getByText(zh ? '已发布，新消息会使用它' : 'Published: new messages use it').waitFor()
        await page.getByRole('button', { name: zh ? '恢复插件原文' : 'Back to the plugin’s words' }).waitFor()
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it.each(drawLooks())(
      'lists what is kept, row by row (%s)',
      async (look) => {
        const screen = await stage.enter(look, `/t/${rail}/data`)
        const { page } = screen
        await page.getByRole('row', { name: 'trains' }).waitFor()
        expect(await screen.look('data')).toEqual([])
        await page.getByRole('row', { name: 'trains' }).getByRole('button').press('Enter')
        // Until the page of the collection is there, the first button is still the one that leads to it.
        await page.getByRole('heading', { name: 'trains' }).waitFor()
        await page.getByRole('table').getByRole('button').first().press('Enter')
        await page.getByRole('dialog').getByRole('definition').first().waitFor()
        expect(await screen.look('row')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it.each(drawLooks())(
      'lists consents with their evidence (%s)',
      async (look) => {
        const screen = await stage.enter(look, `/t/${school}/consents`)
        const { page } = screen
        const zh = look === 'zh'
        await page.getByRole('row', { name: zh ? '提供申请资料' : 'Data of an application' }).waitFor()
        expect(await screen.look('consents')).toEqual([])
        await page
          .getByRole('row', { name: zh ? '已授权' : 'Granted' })
          .getByRole('button')
          .first()
          .press('Enter')
        await page
          .getByRole('dialog')
          .getByText(zh ? '凭据' : 'Evidence')
          .waitFor()
        expect(await screen.look('consent')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it.each(drawLooks())(
      'shows who did what, and that the records are whole (%s)',
      async (look) => {
        const screen = await stage.enter(look, `/t/${rail}/audit`)
        const { page } = screen
        const zh = look === 'zh'
        await page.getByRole('row', { name: 'tenant.applied' }).waitFor()
        expect(await screen.look('audit')).toEqual([])
        await page.getByRole('button', { name: zh ? '验证链条' : 'Verify the chain' }).click()
        await page.getByText(zh ? '链条完整' : 'The chain is whole').waitFor()
        expect(await screen.look('verified')).toEqual([])
        expect(screen.complaints).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('has a break decided by two', async () => {
      const screen = await stage.enter('zh', `/t/${rail}`)
      const { page } = screen
      await page.getByRole('link', { name: '项对账差异未解决' }).click()
      await page.getByRole('row', { name: '金额不一致' }).waitFor()
      expect(await screen.look('breaks')).toEqual([])
      await page.getByRole('row', { name: '金额不一致' }).getByRole('button').press('Enter')
      const sheet = page.getByRole('dialog', { name: '对账差异' })
      await sheet.getByRole('button', { name: '由我处理' }).click()
      await sheet.getByRole('button', { name: '提出处理办法' }).click()
      const dialog = page.getByRole('dialog', { name: '怎样解决这项差异？' })
      await dialog.getByLabel('已有解释').check()
      await dialog.getByLabel('说明（可选）').fill('银行确认为手续费')
      expect(await screen.look('resolve')).toEqual([])
      await dialog.getByRole('button', { name: '提出处理办法' }).click()
      await page.getByText('已提交复核').waitFor()
      await screen.close()
      const { key } = await stage.sandbox.api.keys.create.mutate({ name: 'second', role: 'bank' })
      const second = await stage.enter('en', `/t/${rail}/approvals?state=open`, { key })
      await second.page.getByRole('row', { name: 'Resolve a break' }).getByRole('button').press('Enter')
      await second.page.getByRole('button', { name: 'Approve' }).click()
      await second.page
        .getByRole('dialog', { name: /^Approve/ })
        .getByRole('button', { name: 'Approve' })
        .click()
      await second.page.getByText('Approved and carried out').waitFor()
      await second.goTo(`/t/${rail}/breaks?show=all`)
      await second.page.getByRole('row', { name: 'Resolved' }).getByRole('button').press('Enter')
      await second.page.getByText('Explained: the book stays').waitFor()
      expect(await second.look('break')).toEqual([])
      expect([...screen.complaints, ...second.complaints]).toEqual([])
      await second.close()
    }, 60_000)

    it.each(drawLooks())(
      'says how everything is, and what is stopped (%s)',
      async (look) => {
        const { id } = await stage.sandbox.api.plugins.kill.mutate({ level: 'runs', plugin: 'hotel', reason: 'a test' })
        const screen = await stage.enter(look, `/t/${rail}/health`)
        const { page } = screen
        const zh = look === 'zh'
        await page.getByText(zh ? '一切正常' : 'Everything is well').waitFor()
        await page.getByRole('row', { name: 'hotel' }).first().waitFor()
        await page.getByText('csp-json').waitFor()
        const outbox = page.getByRole('row', { name: zh ? '发送消息' : 'Sending messages' })
        await outbox.getByText(zh ? '正常' : 'Well').waitFor()
        await page
          .getByRole('row', { name: zh ? '有应答' : 'Answers' })
          .first()
          .waitFor()
        expect(await screen.look('health')).toEqual([])
        await page
          .getByRole('button', { name: zh ? '申请解除' : 'Lift' })
          .first()
          .click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('button', { name: zh ? '申请解除' : 'Lift' }).click()
        await page.getByText(zh ? '已提交复核' : 'Handed in for approval').waitFor()
        const proposed = await stage.sandbox.api.proposals.list.query({ tenant: 'platform', state: 'open' })
        expect(proposed.items).toContainEqual(expect.objectContaining({ subject: 'kill.lift', change: { kill: id } }))
        // Of a bank that was never checked there is no report, and the browser says so.
        expect(screen.complaints.filter((line) => !line.includes('404'))).toEqual([])
        await screen.close()
      },
      60_000,
    )

    const roles = [
      ...['owner', 'editor', 'agent', 'developer'].map((role) => `${role}:${rail}`),
      ...['auditor', 'product-owner', 'risk'],
    ]
    it.each(drawPart(roles, 3, 'sqlite'))(
      'shows %s only what that role may see',
      async (role) => {
        const { key } = await stage.sandbox.api.keys.create.mutate({ name: `walk-${role.replace(':', '-')}`, role })
        const screen = await stage.enter('en', `/t/${rail}`, { key })
        const { page } = screen
        await screen.heading('Overview')
        const links = await page.getByRole('navigation').getByRole('link').allInnerTexts()
        expect(links.length).toBeGreaterThan(1)
        for (const name of links) {
          await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
          await screen.heading(name)
          await page.waitForLoadState('networkidle')
          expect([name, await page.locator('.problem').allInnerTexts()]).toEqual([name, []])
        }
        expect(screen.complaints.filter((line) => !line.includes('404'))).toEqual([])
        await screen.close()
      },
      60_000,
    )

    it('fits a phone', async () => {
      const screen = await stage.enter('en', `/t/${rail}/plugins/rail/travel`, { width: 390 })
      for (const [path, sign] of [
        ['plugins/rail/travel', 'What it wants of a bank'],
        ['plugins', 'Catalogue'],
        ['texts', 'Find a text'],
        ['data', 'trains'],
        ['consents', 'No consents yet'],
        ['breaks', 'One person says how it is decided'],
        ['audit', 'tenant.applied'],
        ['health', 'csp-json'],
        ['install/school', 'What it does'],
      ] as const) {
        await screen.goTo(`/t/${rail}/${path}`)
        await screen.page.locator('#content').getByText(sign).first().waitFor()
        expect([path, await screen.look(path.replaceAll('/', '-')), (await screen.measureOverhang()) < 1]).toEqual([
          ...[path, [], true],
        ])
      }
      expect(screen.complaints.filter((line) => !line.includes('404'))).toEqual([])
      await screen.close()
    }, 90_000)
  })
})

/** The bank has booked another amount than was ordered, as a statement would tell. */
async function openBreak({ sandbox }: ConsoleStage): Promise<void> {
  const { items } = await sandbox.api.orders.list.query({ tenant: rail, limit: 1 })
  const detail = {
    ...{ day: '2026-11-29', bankRef: 'B-20261129-7', currency: 'CNY', difference: '150', of: 'amount' },
    bank: { kind: 'payment', value: '55500', status: 'booked' },
    here: { value: '55350', state: 'succeeded' },
  }
  const row = {
    ...{ tenant_id: rail, id: crypto.randomUUID(), bank_id: 'main', order_id: items[0]?.id ?? '', refund_id: null },
    ...{ kind: 'amount_differs', state: 'open', detail: JSON.stringify(detail), opened_at: items[0]?.createdAt ?? 0 },
    ...{ assignee: null, decision: null, decided_at: null, alarmed_at: null },
  }
  await sandbox.house.store.write('test.break', (tx) => insertAll(tx, 'break_item', [row]))
}

/** Two questions of a loan, of which one is answered with no. */
async function askConsents({ sandbox }: ConsoleStage): Promise<void> {
  const { operatorUrl, bankUrl } = sandbox.street
  const phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000001', bot: schoolBot })
  const course = await phone.ask('我想报 24 个月的编程课', '编程课 · 24 个月')
  const facts = await phone.choose(course, '分期贷款', '教育分期贷款')
  const data = await phone.choose(facts, '申请', '授权：提供申请资料')
  const offers = await phone.choose(data, '同意', '可选：接收优惠信息')
  await phone.choose(offers, '不同意', '请在银行页面填写资料')
}
