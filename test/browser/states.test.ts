import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { railBot } from '../kit/phone.ts'
import { reachConfirm } from '../kit/purchase.ts'
import { describeWithBrowser } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { dressBot } from './dress-bot.ts'
import { openBrowser } from './open-browser.ts'
import { deskSize, PhoneScreen } from './phone-screen.ts'
import { openPageCache } from './results-folder.ts'

describeWithBrowser('what the phone shows when things do not go smoothly', (program) => {
  let database: TestDatabase
  let sandbox: Sandbox
  let browser: Browser
  beforeAll(async () => {
    database = await createSqliteDatabase()
    const street = { page: true, operator: { pageCache: openPageCache() } }
    ;[sandbox, browser] = await Promise.all([openSandbox({ database, street, change: dressBot }), openBrowser(program)])
  })
  afterAll(async () => {
    await browser.close()
    await sandbox.stop()
    await database.drop()
  })

  const openScreen = (number: string, album: string): Promise<PhoneScreen> =>
    PhoneScreen.open({ browser, operatorUrl: sandbox.street.operatorUrl, number, chat: railBot, album })
  const tell = async (url: string, path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.ok).toBe(true)
  }

  it('refuses for lack of money, with the reason and what to do', async () => {
    const phone = sandbox.phone('+8613800000002')
    const screen = await openScreen(phone.number, 'declined')
    await phone.choose(await reachConfirm(phone), '确认支付', '验证码已发送')
    await screen.fillCode()
    await screen.send()
    await screen.waitForText('座位已释放')
    await screen.look('reason')
    const result = await screen.page.getByTestId('result-card').innerText()
    expect(result).toMatch(/没有支付成功\s+¥553\.50[\s\S]*账户余额不足，没有扣款。可以换一个账户/)
    await screen.confirmCard.scrollIntoViewIfNeeded()
    await screen.confirmCard.locator('.stripe-refused').getByText('没有支付成功 ¥553.50').waitFor()
    await screen.look('confirm-card')
    await closeSound(screen)
  })

  it('says what was chosen when the user steps back, and answers a late tap', async () => {
    const phone = sandbox.phone('+8613800000006')
    const screen = await openScreen(phone.number, 'cancelled')
    await reachConfirm(phone)
    await screen.confirmCard.getByRole('button', { name: '取消' }).tap()
    await screen.waitForText('支付已取消')
    await screen.confirmCard.getByText('您选择了“取消”').waitFor()
    expect(await screen.confirmCard.getByRole('button').count()).toBe(0)
    await screen.look('cancelled')
    await screen.tapOn('座位为您保留', '支付 已选择')
    await screen.waitForText('这个按钮已经用过或已过期')
    await screen.look('late-tap')
    await closeSound(screen)
  })

  it('says that the bank is checking, and the result when it is known', { timeout: 40_000 }, async () => {
    const phone = sandbox.phone('+8613800000001')
    const screen = await openScreen(phone.number, 'checking')
    await reachConfirm(phone)
    await screen.confirmCard.getByRole('button', { name: '确认支付' }).tap()
    const lost = { match: { path: '/v1/payments*' }, do: 'malformed', times: 50 }
    await tell(sandbox.street.bankUrl, '/sandbox/faults', lost)
    await screen.fillCode()
    await screen.send()
    await screen.waitForText('请勿重复支付')
    await screen.look('checking')
    await screen.confirmCard.locator('.stripe-checking').getByText('正在核对 ¥553.50').waitFor()
    await fetch(`${sandbox.street.bankUrl}/sandbox/faults`, { method: 'DELETE' })
    await tell(sandbox.house.url, '/sandbox/clock', { advance: 'PT1M' })
    await screen.confirmCard.locator('.stripe-done').getByText('支付成功 ¥553.50').waitFor()
    await screen.waitForText('出票成功')
    await screen.look('decided')
    await closeSound(screen)
  })

  it('shows two people side by side, each their own thread', { timeout: 40_000 }, async () => {
    const { operatorUrl } = sandbox.street
    const screen = await PhoneScreen.open({ browser, operatorUrl, chat: railBot, size: deskSize, album: 'desk' })
    const first = screen.page.getByRole('region', { name: '+86 138 0000 0001' })
    const second = screen.page.getByRole('region', { name: '+86 138 0000 0002' })
    await first.getByText('出票成功').waitFor()
    await second.getByText('座位已释放').waitFor()
    await screen.look('two-people')
    expect(await first.getByText('座位已释放').count()).toBe(0)
    expect(await second.getByText('出票成功').count()).toBe(0)
    await closeSound(screen)
  })

  it('goes over to short messages without 5G, and says so', async () => {
    const number = '+8613800000003'
    await tell(sandbox.street.operatorUrl, '/sandbox/phones', { phone: number, fiveG: false, on: true })
    const screen = await openScreen(number, 'without-5g')
    await screen.page.getByText('您的消息将以短信发出').waitFor()
    await screen.look('thread')
    await screen.write('明天上午从成都到北京，一张二等座')
    await screen.send()
    await screen.page.getByText('此对话以短信进行').waitFor()
    await screen.waitForText('明天上午从成都到北京，一张二等座')
    await screen.look('short-messages')
    await tell(sandbox.street.operatorUrl, '/sandbox/phones', { phone: number, fiveG: false, on: false })
    await screen.page.getByText('手机已关机').waitFor()
    await screen.look('switched-off')
    await closeSound(screen)
  })

  // The last one: nothing answers after it.
  it('says what is not delivered, and what was not even sent', { timeout: 40_000 }, async () => {
    const screen = await openScreen('+8613800000005', 'nobody-answers')
    await sandbox.house.stop()
    await screen.write('在吗')
    await screen.send()
    await screen.messages.getByText('尚未送达，正在重试').waitFor()
    await screen.look('platform-down')
    await sandbox.street.close()
    await screen.page.getByText('与运营商沙箱的连接断开，正在重连…').waitFor()
    await screen.write('有人吗')
    await screen.send()
    await screen.messages.getByRole('button', { name: '未发送，点按重试' }).waitFor()
    await screen.look('operator-down')
    await closeSound(screen)
  })
})

/** Nothing on the way was in anybody's way. */
async function closeSound({ complaints, barriers, ...screen }: PhoneScreen): Promise<void> {
  expect({ complaints, barriers }).toEqual({ complaints: [], barriers: [] })
  await screen.page.context().close()
}
