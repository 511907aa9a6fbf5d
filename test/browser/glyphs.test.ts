import type { ElementHandle } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../kit/requirements.ts'
import { openStage, type Stage } from './open-stage.ts'
import { PhoneScreen, type Language } from './phone-screen.ts'

const number = '+8613800000006'
const description = '收款方：学费 ****6621\n付款账户：学费\n单号：A17\n学费会在确认后支付。'
const buttons = [{ label: '学费' }, { label: '取消' }]

describeWithBrowser('Chinese on the phone page', (program) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(program, { name: '学费' })
    await stage.bot.setMenu([{ label: '学费' }])
    await stage.bot.say(number, '学费')
    await stage.bot.offer(number, [{ title: '学费', description: '学费', buttons }, { title: '学费' }], [buttons[0]!])
    await stage.bot.show(number, { title: '【示例银行】学费 ¥480.00', description, buttons }, 'payment')
  })
  afterAll(() => stage.stop())

  const languages: readonly Language[] = ['zh', 'en']
  it.each(languages)('is drawn with glyphs everywhere, not with the boxes of missing ones (%s)', async (language) => {
    const { browser, operatorUrl, bot } = stage
    const screen = await PhoneScreen.open({
      browser,
      operatorUrl,
      language,
      number,
      chat: bot.chatbotId,
      album: 'glyphs',
    })
    await screen.confirmCard.waitFor()
    const places = await screen.page.locator(':text-is("学费"):not(title)').elementHandles()
    expect(places.length).toBeGreaterThanOrEqual(10)
    for (const place of await chooseByFont(places)) await expectGlyphs(place)
    await screen.look(language)
    await screen.close()
  })
})

/** One place for each family and weight that letters are set in. */
async function chooseByFont(places: readonly ElementHandle[]): Promise<ElementHandle[]> {
  const chosen = new Map<string, ElementHandle>()
  for (const place of places) {
    const font = await place.evaluate((element) => {
      const { fontFamily, fontWeight } = element.ownerDocument.defaultView.getComputedStyle(element)
      return `${fontFamily} ${fontWeight}`
    })
    chosen.set(font, chosen.get(font) ?? place)
  }
  return [...chosen.values()]
}

/** Missing glyphs all look alike: 学 and 费 must differ from each other, and from two characters nobody has drawn. */
async function expectGlyphs(place: ElementHandle): Promise<void> {
  await place.scrollIntoViewIfNeeded()
  const before = await place.innerText()
  const drawn = []
  for (const word of ['学', '费', '\ue0f1', '\ue0f2']) drawn.push(await draw(place, word))
  await write(place, before)
  const [xue, fei, boxA, boxB] = drawn
  expect(boxA).toBe(boxB)
  expect(new Set([xue, fei, boxA]).size).toBe(3)
}

async function draw(place: ElementHandle, word: string): Promise<string> {
  await write(place, word)
  return (await place.screenshot({ animations: 'disabled' })).toString('base64')
}

function write(place: ElementHandle, words: string): Promise<void> {
  return place.evaluate((element, text) => void (element.textContent = text), words)
}
