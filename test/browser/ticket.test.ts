import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readBank } from '../kit/purchase.ts'
import { describeOnDrawnDatabase, describeWithBrowser } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { dressBot } from './dress-bot.ts'
import { openBrowser } from './open-browser.ts'
import { PhoneScreen } from './phone-screen.ts'
import { openPageCache } from './results-folder.ts'

const oneAccount = '+8613800000001'
const twoAccounts = '+8613800000004'
const sentence = '明天上午从成都到北京，一张二等座'

describeWithBrowser('a ticket bought by clicking', (program) => {
  describeOnDrawnDatabase('on the phone page', (open) => {
    let sandbox: Sandbox
    let browser: Browser
    // The pages look alike on every database: one album is enough.
    let album: (name: string) => string | undefined
    beforeAll(async () => {
      const database = await open()
      album = (name) => (database.kind === 'sqlite' ? name : undefined)
      const street = { page: true, operator: { pageCache: openPageCache() } }
      ;[sandbox, browser] = await Promise.all([
        openSandbox({ database, street, change: dressBot }),
        openBrowser(program),
      ])
    })
    afterAll(async () => {
      await browser.close()
      await sandbox.stop()
    })

    const openScreen = (options: Omit<Parameters<typeof PhoneScreen.open>[0], 'browser' | 'operatorUrl'>) =>
      PhoneScreen.open({ browser, operatorUrl: sandbox.street.operatorUrl, ...options })

    it('is paid and issued, in Chinese and by day', { timeout: 40_000 }, async () => {
      const screen = await openScreen({ number: oneAccount, album: album('ticket-zh-light') })
      await screen.look('list')
      await screen.openThread('北方铁路')
      await screen.look('thread')
      await screen.write(sentence)
      await screen.look('sentence')
      await screen.send()
      await screen.waitForText('我理解得对吗')
      await screen.look('reading')
      await screen.tapOn('我理解得对吗', '对')
      await screen.waitForText('G308')
      await screen.look('trains')
      await screen.tapOn('08:00–15:46', '选 G308')
      await screen.waitForText('座位为您保留')
      await screen.look('seat')
      expect(await screen.bankMessages.count()).toBe(0)
      await screen.tapOn('座位为您保留', '支付')

      const confirm = screen.confirmCard
      await confirm.waitFor()
      await screen.look('confirm')
      expect(await findLargestText(confirm)).toBe('¥553.50')
      expect(await confirm.innerText()).toMatch(/确认支付[\s\S]*¥553\.50[\s\S]*北方铁路[\s\S]*账户 \*\*\*\*6621/)
      expect(await confirm.innerText()).toMatch(
        /付款账户\s+储蓄卡 \*\*\*\*1234[\s\S]*手续费\s+¥0\.00[\s\S]*单号\s+\w{10}/,
      )
      expect(await confirm.getByRole('button').allInnerTexts()).toEqual(['确认支付', '取消'])
      await confirm.getByRole('button', { name: '确认支付' }).tap()
      await confirm.getByText('您选择了“确认支付”').waitFor()
      expect(await confirm.getByRole('button').count()).toBe(0)

      await screen.waitForText('验证码已发送到 138****0001')
      const offered = screen.page.getByRole('button', { name: '填入验证码' })
      await offered.waitFor()
      await screen.look('code-offered')
      const code = await sandbox.phone(oneAccount).code()
      expect(await offered.innerText()).toContain(code)
      await screen.goBack()
      await screen.look('list-with-sms')
      await screen.page.getByRole('button', { name: /95530/ }).tap()
      await screen.waitForText(`验证码 ${code}`)
      await screen.look('sms')
      await screen.goBack()
      await screen.openThread('北方铁路')
      await screen.write(code)
      await screen.look('code-typed')
      await screen.send()

      await screen.waitForText('出票成功 05车12A')
      await screen.look('ticket')
      const result = screen.page.getByTestId('result-card')
      expect(await result.innerText()).toMatch(/支付成功\s+¥553\.50[\s\S]*单号/)
      await screen.messages.getByRole('button', { name: '加入日历' }).waitFor()
      await confirm.scrollIntoViewIfNeeded()
      await confirm.getByRole('status').getByText('支付成功 ¥553.50').waitFor()
      expect(await confirm.getByRole('button').count()).toBe(0)
      await screen.look('confirm-paid')
      expect(await listSealed(screen)).toEqual(await listFromBank(sandbox, oneAccount))
      const { payments } = await readBank(sandbox.street.bankUrl)
      expect(payments).toMatchObject([{ state: 'succeeded', amount: { value: '55350' } }])
      expect({ complaints: screen.complaints, barriers: screen.barriers }).toEqual({ complaints: [], barriers: [] })
      await screen.close()
    })

    it('is paid in an English page by night, from one of two accounts', { timeout: 40_000 }, async () => {
      const screen = await openScreen({
        number: twoAccounts,
        language: 'en',
        theme: 'dark',
        album: album('ticket-en-dark'),
      })
      await screen.look('list')
      await screen.openThread('北方铁路')
      await screen.look('thread')
      await screen.write(sentence)
      await screen.send()
      await screen.tapOn('我理解得对吗', '对')
      await screen.tapOn('08:00–15:46', '选 G308')
      await screen.tapOn('座位为您保留', '支付')
      const question = screen.page.getByTestId('question-card')
      await question.getByText('用哪个账户支付 ¥553.50？').waitFor()
      await screen.look('accounts')
      await question.getByRole('button', { name: '****2204' }).tap()

      const confirm = screen.confirmCard
      await confirm.waitFor()
      await screen.look('confirm')
      expect(await screen.bankMessages.last().innerText()).toContain('From the bank')
      expect(await findLargestText(confirm)).toBe('¥553.50')
      expect(await confirm.innerText()).toContain('账户 ****6621')
      await confirm.getByRole('button', { name: '确认支付' }).tap()
      await confirm.getByText('您选择了“确认支付”').waitFor()
      await screen.page.getByRole('button', { name: 'Fill in code' }).waitFor()
      await screen.look('code-offered')
      await screen.fillCode()
      expect(await screen.field.inputValue()).toBe(await sandbox.phone(twoAccounts).code())
      await screen.send()
      await screen.waitForText('出票成功')
      await screen.look('ticket')
      expect(await screen.page.locator('html').getAttribute('data-theme')).toBe('dark')
      expect(await listSealed(screen)).toEqual(await listFromBank(sandbox, twoAccounts))
      expect({ complaints: screen.complaints, barriers: screen.barriers }).toEqual({ complaints: [], barriers: [] })
      await screen.close()
    })
  })
})

/** The words set in the largest letters. */
function findLargestText(card: PhoneScreen['confirmCard']): Promise<string> {
  return card.locator('*').evaluateAll((all) => {
    const sized = all.map((each) => {
      const { fontSize } = each.ownerDocument.defaultView.getComputedStyle(each)
      return { words: String(each.textContent), size: Number(String(fontSize).replace('px', '')) }
    })
    return sized.reduce((largest, each) => (each.size > largest.size ? each : largest)).words
  })
}

/** The messages that are drawn with the bank's seal. */
function listSealed(screen: PhoneScreen): Promise<string[]> {
  return screen.page
    .locator('[data-message-id]:has([data-testid="bank-seal"])')
    .evaluateAll((all) => all.map((each) => String(each.getAttribute('data-message-id'))))
}

/** The messages that crossed the wire as the bank's. */
async function listFromBank(sandbox: Sandbox, number: string): Promise<string[]> {
  const messages = await sandbox.phone(number).messages()
  return messages.filter(({ trafficType }) => trafficType === 'payment').map(({ id }) => id)
}
