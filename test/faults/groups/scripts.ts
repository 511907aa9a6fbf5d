import type { Step } from './crowd.ts'

export interface Script {
  readonly number: string
  readonly steps: readonly Step[]
}

const dayMs = 86_400_000
/** So many days ahead are on sale, less the ones that are too near. */
const days = 55

/** Whoever wants a seat wants it on a day of their own, so nobody's seat depends on who was quicker. */
function search(index: number, nowMs: number): Step {
  const date = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })
  const day = date.format(nowMs + (2 + (index % days)) * dayMs)
  return { say: `${day}上午从成都到北京，一张二等座`, hears: '我理解得对吗' }
}

const right: Step = { tap: '对', hears: 'G312' }
const pay: readonly Step[] = [right, { tap: '选 G312', hears: '座位为您保留' }]
const help: Step = { say: '帮助', hears: '直接输入' }
const cancel: Step = { say: '取消', hears: '已取消' }
const nothing: Step = { say: '取消', hears: '没有可以取消' }
const confirm: Step = { tap: '确认支付', hears: '验证码已发送' }

/** The bank's own customers: what happens after the seat is held. */
const payers: Readonly<Record<string, readonly Step[]>> = {
  '+8613800000001': [{ tap: '支付', hears: '确认支付 ¥' }, confirm, { hears: '出票成功' }],
  '+8613800000002': [{ tap: '支付', hears: '确认支付 ¥' }, confirm, { hears: '没有支付成功' }],
  '+8613800000003': [{ tap: '支付', hears: '开通' }, help, nothing],
  '+8613800000004': [
    { tap: '支付', hears: '用哪' },
    { tap: '储蓄卡', hears: '确认支付 ¥' },
    confirm,
    { hears: '出票成功' },
    { tap: '确认支付', hears: '已支付成功，不会重复扣款' },
  ],
}

/** Four ways in which others pass their time. */
const others: readonly (readonly Step[])[] = [
  [right, { tap: '选 G310', hears: '座位为您保留' }, { tap: '换一趟', hears: 'G312' }, cancel, help],
  [
    { tap: '修改', hears: '您想改哪一项' },
    { tap: '换日期', hears: '哪天出发' },
    { tap: '对', hears: '已经用过' },
    cancel,
  ],
  [
    { say: '人工', hears: '正在为您转接' },
    { say: '机器人', hears: '已回到自动办理' },
    { say: '什么呀', hears: '没有看懂' },
    cancel,
    nothing,
    { say: '你好', hears: '您好！您可以直接说需求' },
  ],
  [
    { say: '退订', hears: '已停止' },
    help,
    { tap: '订火车票', hears: '您从哪个城市出发' },
    { say: '成都', hears: '您要去哪个城市' },
  ],
]

/** The same people with the same wishes each time; only what day it is may differ. */
export function writeScripts(size: number, nowMs: number): readonly Script[] {
  const paying = Object.entries(payers).map(([number, steps]) => ({ number, steps: [...pay, ...steps] }))
  const crowd = Array.from({ length: size - paying.length }, (_person, index) => ({
    number: `+86139100${String(index).padStart(5, '0')}`,
    steps: others[index % others.length] ?? [],
  }))
  return [...paying, ...crowd].map(({ number, steps }, index) => ({ number, steps: [search(index, nowMs), ...steps] }))
}
