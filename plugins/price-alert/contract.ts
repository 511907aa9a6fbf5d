import { defineContract, need, text, z } from '@inthread/sdk'
import { priceAlert } from '@inthread/sdk/capabilities'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })
const same = (wording: string) => ({ 'zh-CN': wording, en: wording })
const set = { name: 'text', price: 'text' } as const

/** `积存金（元/克）` → name and unit: a button has room for the name, and a price says what it is for. */
export function splitPriced(called: string): { readonly name: string; readonly unit: string } {
  const [, name = called, unit = ''] = /^(.+?)\s*[（(]([^（）()]+)[）)]$/.exec(called) ?? []
  return { name, unit }
}

/** The variables of a text about a price: `800` becomes `800 元/克`. */
export function about(
  called: string,
  ...prices: readonly string[]
): { readonly name: string; readonly price: string } & {
  readonly seen: string
} {
  const { name, unit } = splitPriced(called)
  const [price = '', seen = ''] = prices.map((each) => (unit === '' ? each : `${each} ${unit}`))
  return { name, price, seen }
}

const news = z.strictObject({ id: z.string(), state: z.string() })
export type News = z.infer<typeof news>

const texts = {
  priced: text(set, same('{{name}} {{price}}')),
  named: text({ name: 'text' }, same('{{name}}')),
  whichPrice: plain('想关注哪个价格？', 'Which price?'),
  howMuch: text(
    set,
    {
      'zh-CN': '{{name}}现在 {{price}}。到多少时告诉您？请写价格：高于现价为涨到，低于现价为跌到。',
      en:
        '{{name}} is at {{price}} now. At which price shall we tell you? ' +
        'Above it: when it rises; below: when it falls.',
    },
    { keep: ['price'] },
  ),
  setAbove: text(set, {
    'zh-CN': '好的，{{name}}涨到 {{price}} 或以上时告诉您，每次只说一次，夜里不打扰。写“取消提醒”可以随时撤回。',
    en: 'You will hear once each time {{name}} rises to {{price}}, never at night. Write "cancel alert" to end it.',
  }),
  setBelow: text(set, {
    'zh-CN': '好的，{{name}}跌到 {{price}} 或以下时告诉您，每次只说一次，夜里不打扰。写“取消提醒”可以随时撤回。',
    en: 'You will hear once each time {{name}} falls to {{price}}, never at night. Write "cancel alert" to end it.',
  }),
  crossedAbove: text(
    { ...set, seen: 'text' },
    {
      'zh-CN':
        '价格提醒：{{name}}已涨到您设的 {{price}}，触发时为 {{seen}}。仅为提醒，不构成投资建议。写“取消提醒”可以撤回。',
      en:
        'Price alert: {{name}} rose to your {{price}}; it was at {{seen}} then. ' +
        'This is no advice. Write "cancel alert" to end it.',
    },
    { keep: ['seen'] },
  ),
  crossedBelow: text(
    { ...set, seen: 'text' },
    {
      'zh-CN':
        '价格提醒：{{name}}已跌到您设的 {{price}}，触发时为 {{seen}}。仅为提醒，不构成投资建议。写“取消提醒”可以撤回。',
      en:
        'Price alert: {{name}} fell to your {{price}}; it was at {{seen}} then. ' +
        'This is no advice. Write "cancel alert" to end it.',
    },
    { keep: ['seen'] },
  ),
  crossedUnclear: plain(
    '价格提醒：您关注的一个价格到了，暂时查不到是多少。写“我的提醒”可以查看。',
    'Price alert: a price that you watch was reached. It cannot be looked up yet: write "my alerts" later.',
  ),
  tooMany: plain('最多关注 10 个价格，请先取消一个。', 'Ten prices at most: cancel one first.'),
  notSet: plain('银行现在不能受理，没有设置提醒。请稍后再试。', 'No alert was set. Please try again later.'),
  whichAlert: plain('您设了这些提醒。要取消哪个？', 'These are your alerts. Which one shall end?'),
  keepAll: plain('都留着', 'Keep all'),
  kept: plain('好的，提醒不变。', 'All right, nothing has changed.'),
  above: text(set, { 'zh-CN': '{{name}}涨到 {{price}}', en: '{{name}} above {{price}}' }),
  below: text(set, { 'zh-CN': '{{name}}跌到 {{price}}', en: '{{name}} below {{price}}' }),
  ended: plain('已取消，不会再提醒。', 'It has ended: you will not hear of it again.'),
  left: plain('好的，先到这里，提醒不变。', 'All right, I will leave it there. Nothing has changed.'),
  cannotLook: plain(
    '银行现在不能查询，请稍后再试。',
    'The bank cannot look this up right now. Please try again later.',
  ),
  notLinked: plain(
    '这个手机号还没有在本行开通。请先在网点或手机银行用本机号码开通。',
    'This number is not set up with the bank yet. Please do that at a branch or in its app first.',
  ),
  notEnded: plain(
    '银行没有受理，提醒没有取消。请稍后再试。',
    'The bank did not take it: the alert is still set. Please try again later.',
  ),
  noAlerts: plain('您没有设置价格提醒。', 'You have set no price alerts.'),
  unreachable: plain('暂时联系不上银行系统，请稍后再试。', 'The bank cannot be reached right now. Please try later.'),
  unsure: plain(
    '银行还没有答复，不确定是否已生效。写“取消提醒”可以查看。',
    'The bank has not answered yet. Write "cancel alert" to see whether it is set.',
  ),
} as const

/** What the user has asked to be told: no offer is ever added to it. */
export const contract = defineContract({
  id: 'price-alert',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '价格提醒', en: 'Price alerts' },
  config: z.strictObject({}),
  needs: {
    watch: need(priceAlert, { range: '^1', purpose: { 'zh-CN': '价格到了告诉您', en: 'Tell you of a price' } }),
  },
  listens: { crossed: { plugin: 'bank', event: 'price_alert.crossed', data: news } },
  texts,
  collections: {},
})
