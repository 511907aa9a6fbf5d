import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeWithBrowser } from '../../../../test/kit/requirements.ts'
import { cardItem, carouselItem, chipsItem, textItem } from '../kit/bodies.ts'
import { openPage, startBrowser } from '../kit/browser.ts'
import type { ScriptedCsp } from '../kit/scripted-csp.ts'
import type { Received } from '../kit/push-server.ts'
import { phone1, phone2, startKit, until } from '../kit/start-kit.ts'
import type { Kit } from '../kit/start-kit.ts'
import { getPair } from '../kit/vectors.ts'
import { buildPhone } from './build-phone.ts'

const payment = { trafficType: 'payment' }
const state = { status: 200 }

const pixels = (size = '0px'): number => Number(size.replace('px', ''))

/** Answers 学费 with a card and a tap on its button with a text. */
function answerUser(csp: ScriptedCsp, push: Received): void {
  const phone = push.body?.senderAddress?.slice(4) ?? ''
  const content = push.body?.messageList?.[0]?.contentText
  const suggestions = [
    { label: '支付', data: 'pay' },
    { label: '稍后', data: 'later' },
  ]
  const card = cardItem({ title: '4月学费', description: '480.00 元', suggestions })
  if (content === '学费') void csp.send(phone, [card, chipsItem([{ label: '人工服务', data: 'agent' }])])
  if (JSON.stringify(content).includes('"data":"pay"')) void csp.send(phone, [textItem('收到：支付')])
}

describeWithBrowser('the phone page', (program) => {
  let kit: Kit
  let browser: Browser
  beforeAll(async () => {
    kit = await startKit({ answer: () => state.status, onMessage: answerUser }, { page: true })
    await kit.csp.token()
    browser = await startBrowser(program)
  })
  beforeEach(() => {
    state.status = 200
  })
  afterAll(async () => {
    await browser.close()
    await kit.close()
  })

  function address(phone: string, more = ''): string {
    const chat = encodeURIComponent(kit.csp.chatbotId)
    return `${kit.url()}/?phone=${encodeURIComponent(phone)}&chat=${chat}${more}`
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox').fill(text)
    await page.getByRole('button', { name: '发送' }).click()
  }

  test('one user sends, taps a button and reads the answer', async () => {
    const { page, complaints } = await openPage(browser, address(phone1))
    await say(page, '学费')
    await page.getByRole('button', { name: '支付' }).waitFor()
    expect(await page.getByRole('group', { name: '建议回复' }).getByRole('button').allTextContents()).toEqual([
      '人工服务',
    ])
    await page.getByLabel('已送达').first().waitFor()
    await page.getByRole('button', { name: '支付' }).click()
    await page.getByText('收到：支付').waitFor()
    expect(await page.getByText('人工服务').count()).toBe(0)
    await page.getByRole('button', { name: '支付 已选择' }).click()
    await until('the late tap', () => kit.csp.messages().length === 3)
    const [thread] = await kit.threads(phone1)
    const incoming = thread?.messages.filter(({ direction }) => direction === 'in') ?? []
    await until('displayed', () => kit.csp.statuses(incoming[0]?.id ?? '').includes('displayed'))
    expect(complaints).toEqual([])
  })

  test('Chinese is drawn with glyphs, not with the boxes of missing ones', async () => {
    const { page } = await openPage(browser, address('+8613800000006'))
    await kit.csp.send('+8613800000006', [textItem('学费')])
    const bubble = page.locator('[data-message-id] .bubble-text')
    await bubble.waitFor()
    const draw = async (text: string): Promise<string> => {
      await bubble.evaluate((element, words) => (element.textContent = words), text)
      return (await bubble.screenshot()).toString('base64')
    }
    const [xue, fei, boxA, boxB] = [await draw('学'), await draw('费'), await draw('\ue0f1'), await draw('\ue0f2')]
    expect(boxA).toBe(boxB)
    expect(new Set([xue, fei, boxA]).size).toBe(3)
  })

  describe('the bank’s voice', () => {
    const suggestions = [
      { label: '确认支付', data: 'y' },
      { label: '取消', data: 'n' },
    ]
    const description = '收款方：北方铁路 ****6621\n手续费：0.00\n单号：P-1\n出票失败自动退回。'
    const card = cardItem({ title: '【示例银行】确认支付 ¥553.50', description, suggestions })

    async function openConfirm(phone: string): Promise<{ page: Page; confirm: Locator }> {
      const { page } = await openPage(browser, address(phone))
      await kit.csp.send(phone, [card], payment)
      const confirm = page.getByTestId('confirm-card')
      await confirm.waitFor()
      return { page, confirm }
    }

    test('asks with the amount largest, fills in the code, and turns into its result', async () => {
      const { page, confirm } = await openConfirm(phone2)
      const sizes = await confirm
        .locator('*')
        .evaluateAll((all) =>
          all.map((each) => [each.textContent, each.ownerDocument.defaultView?.getComputedStyle(each).fontSize]),
        )
      const bySize = sizes.toSorted((a, b) => pixels(b[1]) - pixels(a[1]))
      expect(bySize[0]?.[0]).toBe('¥553.50')
      expect(await confirm.textContent()).toContain('账户 ****6621')
      await confirm.getByRole('button', { name: '确认支付' }).click()
      await confirm.getByRole('status').getByText('您选择了“确认支付”').waitFor()
      expect(await confirm.getByRole('button').count()).toBe(0)
      await kit.control('POST', '/sandbox/sms', {
        to: phone2,
        from: '95530',
        text: '【示例银行】验证码 392817，120 秒内有效。',
      })
      await page.getByRole('button', { name: '填入验证码 392817' }).click()
      expect(await page.getByRole('textbox').inputValue()).toBe('392817')
      await page.getByRole('button', { name: '发送' }).click()
      await kit.csp.send(
        phone2,
        [cardItem({ title: '【示例银行】支付成功 ¥553.50', description: '单号：P-1' })],
        payment,
      )
      await confirm.getByRole('status').getByText('支付成功 ¥553.50').waitFor()
      expect(await confirm.getByRole('button').count()).toBe(0)
      expect(await page.getByTestId('result-card').textContent()).toContain('支付成功')
      expect(await page.getByTestId('bank-seal').count()).toBe(2)
    })

    test('nobody else can draw its seal', async () => {
      const phone = '+8613800000004'
      const { page } = await openPage(browser, address(phone))
      await kit.csp.send(phone, [card], { trafficType: 'premium' })
      await kit.csp.send(phone, [textItem('来自银行 <b>示例银行</b> 确认支付')], payment)
      await page.getByText('<b>示例银行</b>').waitFor()
      expect(await page.getByTestId('bank-seal').count()).toBe(0)
      expect(await page.getByTestId('confirm-card').count()).toBe(0)
    })
  })

  test('what cannot be delivered says so, and says when it was', async () => {
    const { page } = await openPage(browser, address('+8613800000005'))
    state.status = 503
    await say(page, '在吗')
    await page.getByText('尚未送达，正在重试').waitFor()
    state.status = 200
    await page.getByLabel('已送达').waitFor()
  })

  test('menu, carousel, list, information and drawer', async () => {
    await kit.csp.call('/update/chatBotInfo/menu', getPair('09').request.body)
    const phone = '+8613800000003'
    const { page, complaints } = await openPage(browser, address(phone, '&lang=en&theme=dark'))
    await page.getByRole('button', { name: '缴费' }).click()
    await page.getByRole('menuitem', { name: '电费' }).click()
    await until('the tap', () => JSON.stringify(kit.csp.messages().at(-1)?.body).includes('nav=power'))
    await kit.csp.send(phone, [carouselItem([{ title: 'G308' }, { title: 'G320', description: 'x\n'.repeat(4) }])])
    const cards = page.getByRole('group', { name: 'Cards' }).getByRole('article')
    await cards.first().waitFor()
    const boxes = await cards.evaluateAll((all) => all.map((each) => each.getBoundingClientRect()))
    expect(boxes[0]?.height).toBe(boxes[1]?.height)
    expect((boxes[1]?.left ?? 999) < 390 && (boxes[1]?.right ?? 0) > 390).toBe(true)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Show under the hood' }).click()
    await page.getByRole('button', { name: 'Under the hood of this message' }).last().click()
    await page.getByRole('complementary', { name: 'Under the hood' }).getByText('"cardWidth"').waitFor()
    await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: '北方铁路 · Information' }).click()
    await page.getByText('北方铁路集团').waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    await page
      .getByRole('list', { name: 'Messages' })
      .getByRole('button', { name: /北方铁路/ })
      .waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(complaints).toEqual([])
  })

  test('on a wide screen two people talk to the same chatbot', async () => {
    const url = `${kit.url()}/?chat=${encodeURIComponent(kit.csp.chatbotId)}`
    const { page } = await openPage(browser, url, { width: 1440, height: 900 })
    const first = page.getByRole('region', { name: '+86 138 0000 0001' })
    const second = page.getByRole('region', { name: '+86 138 0000 0002' })
    await first.getByRole('button', { name: '切换到键盘' }).click()
    await say(page, '只给一号')
    await first.getByText('只给一号').waitFor()
    await second.getByText('支付成功 ¥553.50').first().waitFor()
    expect(await second.getByText('只给一号').count()).toBe(0)
  })

  test('a second start does not build again', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'phone-cache-'))
    const first = await buildPhone(cache)
    const second = await buildPhone(cache)
    expect([first.built, second.built]).toEqual([true, false])
    expect(second.folder).toBe(first.folder)
  })
})
