import { definePlugin, intent } from '@inthread/sdk'
import { contract } from './contract.ts'
import { courseFlow } from './course-flow.ts'
import { feeFlow } from './fee-flow.ts'
import { leaveFlow } from './leave-flow.ts'

/** "我想报 24 个月的编程课" → the course of so many months. Not sure? Then nothing. */
function readCourse(words: string): { months?: number | undefined } | undefined {
  const found =
    /^(?:我?(?:想|要)?报名?)\s*(?:(\d{1,2})\s*个月的?)?.{0,12}课(?:程)?[。！!]?$/.exec(words.trim()) ??
    /^(?:i (?:want|would like) (?:to take )?)?(?:the |a )?(?:(\d{1,2})[- ]months? ).{0,24}course[.!]?$/i.exec(
      words.trim(),
    )
  if (!found) return undefined
  return found[1] === undefined ? {} : { months: Number(found[1]) }
}

export default definePlugin(contract, {
  flows: [feeFlow, courseFlow, leaveFlow],
  intents: {
    fee: intent({
      flow: feeFlow,
      title: { 'zh-CN': '缴费', en: 'Pay fees' },
      words: {
        'zh-CN': ['缴费', '餐费', '学费', '交学费', '交餐费'],
        en: ['fees', 'pay fees', 'meal fee', 'school fees'],
      },
      input: {},
    }),
    course: intent({
      flow: courseFlow,
      title: { 'zh-CN': '报课程', en: 'Take a course' },
      words: { 'zh-CN': ['报课程', '课程', '报名', '编程课'], en: ['courses', 'take a course', 'course'] },
      input: {},
      understand: readCourse,
    }),
    leave: intent({
      flow: leaveFlow,
      title: { 'zh-CN': '退课', en: 'Leave a course' },
      words: { 'zh-CN': ['退课', '我要退课', '退课程'], en: ['leave a course', 'leave course', 'refund'] },
      input: {},
    }),
  },
  menu: ['fee', 'course', 'leave'],
})
