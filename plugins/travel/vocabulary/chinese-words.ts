import type { Token } from './token.ts'

const today = (plusDays: number): Token => ({ kind: 'today', plusDays })
const part = (name: Extract<Token, { kind: 'part' }>['part']): Token => ({ kind: 'part', part: name })
const unit = (name: Extract<Token, { kind: 'unit' }>['unit']): Token => ({ kind: 'unit', unit: name })
const seatClass = (name: Extract<Token, { kind: 'class' }>['seatClass']): Token => ({ kind: 'class', seatClass: name })

/** Each line: the words, divided by spaces, and what any of them means. */
const meanings: readonly (readonly [words: string, ...tokens: Token[]])[] = [
  ['从 由 自', { kind: 'from' }],
  ['到 去 往 至 去往 前往 开往 回 回到 来', { kind: 'to' }],
  ['出发 发车 启程', { kind: 'departs' }],

  ['年', unit('year')],
  ['月', unit('month')],
  ['日 号', unit('date')],
  ['点 点钟 时', unit('oClock')],
  ['半', unit('half')],
  ['分', unit('minute')],
  ['天后 天以后 天之后', unit('daysLater')],
  ['今天 今日', today(0)],
  ['明天 明日', today(1)],
  ['后天 后日', today(2)],
  ['大后天', today(3)],
  ['昨天 昨日', today(-1)],
  ['前天', today(-2)],
  ['今早', today(0), part('morning')],
  ['今晚', today(0), part('evening')],
  ['明早', today(1), part('morning')],
  ['明晚', today(1), part('evening')],

  ['凌晨', part('dawn')],
  ['清晨 早上 早晨 上午', part('morning')],
  ['中午', part('noon')],
  ['午后 下午', part('afternoon')],
  ['傍晚 晚上 夜里 夜间 晚间', part('evening')],
  ['全天 随便 都行 都可以 任何时间 什么时候都行', part('any')],

  ['二等座 二等 二等票', seatClass('second')],
  ['一等座 一等 一等票', seatClass('first')],
  ['商务座 商务 商务票', seatClass('business')],

  ['张 位 个 人 个人 名 个大人 个成人', { kind: 'passenger' }],
  ['火车票 高铁票 动车票 车票 列车票', { kind: 'ticket', surely: true }],
  ['火车 高铁 动车 列车', { kind: 'train' }],
  ['成人票 票', { kind: 'ticket', surely: false }],

  ['我 我们 你好 您好 请 请问 麻烦 麻烦你 麻烦您 谢谢 多谢', { kind: 'filler' }],
  ['想 想要 要 需要 打算 准备 计划 可以 能', { kind: 'filler' }],
  ['帮 帮我 帮忙 给我 给 帮我们 查 查查 查一下 查询 找 搜 搜索 看 看看 看一下', { kind: 'filler' }],
  ['买 订 预订 预定 购 购买 订购 一下 坐 乘 乘坐 搭 出行 走', { kind: 'filler' }],
  ['的 吧 呢 那 就 单程 车 车次 左右', { kind: 'filler' }],
  ['有票吗 还有票吗 有没有票 有没有 有吗 还有吗 有车吗 有没有车', { kind: 'filler' }],
  ['有哪些车 有哪些车次 有什么车 有什么车次 多少钱 票价 票价多少', { kind: 'filler' }],

  ['我的 你的 他的 她的 号车 号车厢', { kind: 'refusal' }],
]

const weekdayNames = ['一', '二', '三', '四', '五', '六', '日']
const weekNames: readonly (readonly [prefix: string, weeks: number | undefined])[] = [
  ['', undefined],
  ['这', 0],
  ['这个', 0],
  ['本', 0],
  ['下', 1],
  ['下个', 1],
  ['下下', 2],
  ['下下个', 2],
]

export function* chineseWords(): Generator<readonly [string, readonly Token[]]> {
  for (const [words, ...tokens] of meanings) for (const word of words.split(' ')) yield [word, tokens]
  for (const [prefix, weeks] of weekNames) {
    for (const week of ['周', '星期', '礼拜']) yield* weekdays(prefix + week, weeks)
  }
}

function* weekdays(week: string, weeks: number | undefined): Generator<readonly [string, readonly Token[]]> {
  for (const [index, name] of weekdayNames.entries()) {
    yield [week + name, [{ kind: 'weekday', weekday: index + 1, weeks }]]
  }
  yield [`${week}天`, [{ kind: 'weekday', weekday: 7, weeks }]]
}
