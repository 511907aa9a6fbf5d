import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithBrowser } from '../kit/requirements.ts'
import { openStage, type Stage } from './open-stage.ts'
import { deskSize, PhoneScreen, type ScreenOptions } from './phone-screen.ts'

const longText = '这是一段很长的说明文字，用来检验折叠与换行是否自然。'.repeat(14)
const longName = '一个名字非常非常长的聊天机器人测试有限公司官方服务号'
const unbroken = `https://example.cn/tickets/${'averylongaddress'.repeat(5)}?x=1 ${'UNBROKEN'.repeat(9)}`
const places = ['成都', '北京', '上海', '重庆', '西安', '广州', '深圳', '杭州', '南京', '武汉', '修改全部条件']
const trains = Array.from({ length: 12 }, (_, place) => ({
  title: `G${300 + place} 08:00–15:46`,
  description: place === 3 ? '第一行\n第二行\n第三行\n第四行' : '11月23日 成都东→北京西\n二等座 ¥553.50',
  buttons: [{ label: `选 G${300 + place}` }],
}))
const profile = {
  description: '购票、改签、退票，以及一段比较长的介绍文字，用来看看它怎么换行。',
  provider: '北方铁路集团有限公司',
  address: '北京市海淀区复兴路 10 号',
  phone: '12306',
  website: 'https://example.cn/a/very/long/path/that/never/ends/and/goes/on/and/on',
  terms: 'https://example.cn/terms',
}
const menu = [{ label: '缴费', entries: places.slice(0, 5).map((label) => ({ label })) }, { label: '服务' }]

describeWithBrowser('the phone with more than it likes', (program) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(program, { name: longName, profile })
  })
  afterAll(() => stage.stop())

  const openScreen = (options: Partial<ScreenOptions> & Pick<ScreenOptions, 'album'>): Promise<PhoneScreen> => {
    const { browser, operatorUrl, bot } = stage
    return PhoneScreen.open({ browser, operatorUrl, chat: bot.chatbotId, ...options })
  }

  it('leaves what is being written in peace when a menu arrives', async () => {
    const screen = await openScreen({ number: '+8613800000006', album: 'menu-arrives' })
    await screen.write('正在写的一句话')
    await stage.bot.setMenu(menu)
    await screen.page.getByRole('button', { name: '切换到菜单' }).waitFor()
    expect(await screen.field.inputValue()).toBe('正在写的一句话')
    await screen.look('still-writing')
    await closeSound(screen)
  })

  it('folds long texts, breaks long words and cuts long titles', async () => {
    const number = '+8613800000001'
    const screen = await openScreen({ number, album: 'long-texts' })
    await screen.look('nothing-said')
    await stage.bot.say(number, longText)
    await stage.bot.say(number, unbroken)
    const buttons = [
      { label: '二十五个字的按钮标签到底会不会换行呢让我们看看吧' },
      { label: '拨打电话', dial: '12306' },
    ]
    await stage.bot.show(number, { title: longText.slice(0, 60), description: longText, picture: '车站照片', buttons })
    await screen.waitForText('拨打电话')
    await screen.look('card')
    const folds = screen.page.getByRole('button', { name: '展开' })
    expect(await folds.count()).toBe(2)
    const folded = await screen.messages.evaluate((box) => Number(box.scrollHeight))
    await folds.first().tap()
    await screen.page.getByRole('button', { name: '收起' }).waitFor()
    expect(await screen.messages.evaluate((box) => Number(box.scrollHeight))).toBeGreaterThan(folded)
    await screen.look('unfolded')
    await screen.page.getByRole('button', { name: '拨打电话' }).tap()
    await screen.page.getByRole('dialog', { name: '拨打电话' }).waitFor()
    await screen.look('dial')
    await closeSound(screen)
  })

  it('shows twelve trains and eleven chips, the last of each within reach', async () => {
    const number = '+8613800000002'
    await stage.bot.offer(
      number,
      trains,
      places.map((label) => ({ label })),
    )
    const screen = await openScreen({ number, album: 'twelve-cards', language: 'en', theme: 'dark' })
    const cards = screen.page.getByRole('group', { name: 'Cards' }).getByRole('article')
    await cards.first().waitFor()
    await screen.look('first')
    const heights = await cards.evaluateAll((all) => all.map((each) => Number(each.getBoundingClientRect().height)))
    expect([heights.length, new Set(heights).size]).toEqual([12, 1])
    const chip = screen.page.getByRole('button', { name: '修改全部条件' })
    await chip.scrollIntoViewIfNeeded()
    await cards.last().scrollIntoViewIfNeeded()
    await screen.look('last')
    await cards.last().getByRole('button', { name: '选 G311' }).tap()
    await screen.page.getByLabel('Not delivered yet, trying again').waitFor()
    expect(await chip.count()).toBe(0)
    await screen.look('not-delivered')
    await closeSound(screen)
  })

  it('lets a mouse leaf through them', async () => {
    await stage.bot.offer('+8613800000003', trains.slice(0, 5))
    const screen = await openScreen({ number: '+8613800000003', album: 'mouse', size: deskSize })
    const last = screen.page.getByRole('article').last()
    const key = screen.page.locator('.sideways-after')
    await screen.look('first')
    const isSeen = (): Promise<boolean> =>
      last.evaluate((card) => {
        const row = card.parentElement.getBoundingClientRect()
        return Boolean(card.getBoundingClientRect().left < row.right - 100)
      })
    expect(await isSeen()).toBe(false)
    for (let presses = 0; presses < 5 && (await key.isVisible()); presses += 1) {
      await key.click()
      await screen.page.waitForTimeout(350)
    }
    expect(await isSeen()).toBe(true)
    await screen.look('last')
    await closeSound(screen)
  })

  it('draws a long confirm card with three answers', async () => {
    const number = '+8613800000004'
    const screen = await openScreen({ number, album: 'long-confirm', theme: 'dark' })
    const description = [
      '收款方：一个名字特别长的收款单位有限责任公司北京第一分公司 ****6621',
      '付款账户：储蓄卡 ****1234',
      '用途：二〇二六年春季学期学费、住宿费、教材费和其他代收费用，以及一项名称很长的费用',
      '手续费：¥0.00',
      '单号：AA6ETYK4BN',
      '点“确认支付”后，银行会发来验证码；验证通过才会扣款。',
    ].join('\n')
    const buttons = ['确认支付', '换一个付款账户', '取消'].map((label) => ({ label }))
    await stage.bot.show(number, { title: '【示例银行】确认支付 ¥1,234,567.89', description, buttons }, 'payment')
    await screen.confirmCard.waitFor()
    await screen.look('confirm')
    const boxes = await screen.confirmCard
      .getByRole('button')
      .evaluateAll((all) => all.map((each) => Number(each.getBoundingClientRect().width)))
    expect([boxes.length, new Set(boxes).size]).toEqual([3, 1])
    await closeSound(screen)
  })

  it('tells who runs the chatbot', async () => {
    const screen = await openScreen({ number: '+8613800000005', album: 'information' })
    await screen.page.getByRole('button', { name: '缴费' }).tap()
    await screen.page.getByRole('menu', { name: '缴费' }).waitFor()
    await screen.look('menu')
    await screen.page.keyboard.press('Escape')
    await screen.page.getByRole('button', { name: '详细信息' }).tap()
    await screen.page.getByText('北方铁路集团有限公司').waitFor()
    await screen.look('information')
    await screen.goBack()
    await screen.goBack()
    await screen.page.getByRole('button', { name: '设置' }).tap()
    await screen.look('settings')
    await closeSound(screen)
  })
})

async function closeSound(screen: PhoneScreen): Promise<void> {
  expect({ complaints: screen.complaints, barriers: screen.barriers }).toEqual({ complaints: [], barriers: [] })
  await screen.close()
}
