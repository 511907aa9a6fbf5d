import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../kit/requirements.ts'
import { openStage, type Stage } from './open-stage.ts'
import { deskSize, PhoneScreen } from './phone-screen.ts'

const number = '+8613800000001'
const menu = [{ label: '缴费', entries: [{ label: '水费' }, { label: '电费' }] }, { label: '帮助' }]

describeWithBrowser('the phone page without mouse and touch', (program) => {
  let stage: Stage
  let screen: PhoneScreen
  let page: Page
  beforeAll(async () => {
    stage = await openStage(program, { name: '北方铁路' })
    await stage.bot.setMenu(menu)
    await stage.bot.show(number, { title: '我理解得对吗？', buttons: [{ label: '对' }, { label: '修改' }] })
    await stage.bot.offer(number, [{ title: 'G308' }, { title: 'G310' }], [{ label: '改日期' }, { label: '人工' }])
    const { browser, operatorUrl } = stage
    screen = await PhoneScreen.open({ browser, operatorUrl, number, size: deskSize, album: 'keyboard' })
    page = screen.page
  })
  afterAll(() => stage.stop())

  const press = async (...keys: readonly string[]): Promise<string[]> => {
    const held: string[] = []
    for (const key of keys) {
      await page.keyboard.press(key)
      held.push(await nameFocused(page))
    }
    return held
  }

  it('goes through a thread in the order in which it is read', async () => {
    await page
      .getByRole('listitem')
      .getByRole('button', { name: /^北方铁路/ })
      .focus()
    await press('Enter')
    await screen.messages.waitFor()
    const order = await press(...Array<string>(11).fill('Tab'))
    expect(order).toEqual([
      ...['返回', '北方铁路 · 详细信息', '更多', '对', '修改', '卡片列表', '改日期', '人工'],
      ...['切换到键盘', '缴费', '帮助'],
    ])
    await screen.look('focus')
  })

  it('opens a menu, moves in it, leaves it, and stands where it stood', async () => {
    await page.getByRole('button', { name: '缴费' }).focus()
    expect(await press('Enter', 'ArrowDown', 'ArrowDown', 'ArrowUp')).toEqual(['水费', '电费', '水费', '电费'])
    await screen.look('menu')
    expect(await press('Escape')).toEqual(['缴费'])
    expect(await page.getByRole('menu').count()).toBe(0)
    await page.getByRole('button', { name: '更多' }).focus()
    expect(await press('Enter', 'Escape')).toEqual(['详细信息', '更多'])
  })

  it('reads who it is talking to, and comes back', async () => {
    await page.getByRole('button', { name: '北方铁路 · 详细信息' }).focus()
    expect(await press('Enter', 'Tab')).toEqual(['详细信息', '返回'])
    expect(await press('Escape')).toEqual(['北方铁路 · 详细信息'])
  })

  it('answers with Enter, writes on two lines, and finds its row again', async () => {
    await page.getByRole('button', { name: '对', exact: true }).focus()
    await press('Enter')
    await screen.waitForText('对')
    await page.getByRole('button', { name: '切换到键盘' }).focus()
    expect(await press('Enter')).toEqual(['发消息'])
    await page.keyboard.type('第一行')
    await press('Shift+Enter')
    await page.keyboard.type('第二行')
    expect(await screen.field.inputValue()).toBe('第一行\n第二行')
    await press('Enter')
    await screen.waitForText('第二行')
    expect(await screen.field.inputValue()).toBe('')
    await page.getByRole('button', { name: '返回' }).focus()
    expect(await press('Enter')).toEqual([expect.stringContaining('北方铁路')])
    expect({ complaints: screen.complaints, barriers: screen.barriers }).toEqual({ complaints: [], barriers: [] })
  })
})

/** The name of what has the focus, once the page has drawn. */
async function nameFocused(page: Page): Promise<string> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return page.evaluate(
    'document.activeElement.getAttribute("aria-label") ||' +
      'document.activeElement.textContent.replace(/\\s+/g, " ").trim()',
  )
}
