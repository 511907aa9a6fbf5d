import { text } from '@inthread/sdk'

export const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

const rows = ['{{row1}}', ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `{{#if row${n}}}\n{{row${n}}}{{/if}}`)].join('')

/** What all dialogues of the bank's own bot say alike. */
export const commonTexts = {
  /** Up to nine rows, one a line: a variable never holds more than a line. */
  rows: text(
    {
      ...{ row1: 'text', row2: 'text', row3: 'text', row4: 'text', row5: 'text' },
      ...{ row6: 'text', row7: 'text', row8: 'text', row9: 'text' },
    },
    { 'zh-CN': rows, en: rows },
  ),
  quiet: plain('先到这里，需要时随时找我。', 'I will leave it at that. Write whenever you need me.'),
  unreachable: plain(
    '暂时联系不上银行系统，什么都没有办理。请稍后再试。',
    'The bank cannot be reached right now. Nothing was done; please try again later.',
  ),
  cannotLook: plain(
    '银行现在不能查询，请稍后再试。',
    'The bank cannot look this up right now. Please try again later.',
  ),
  allDone: plain('好的，先到这里，需要时随时找我。', 'All right. Write whenever you need me.'),
  notPossible: plain(
    '这项业务现在不能办理，什么都没有办理。请稍后再试，或联系人工客服。',
    'This is not possible right now, and nothing was done. Please try later or talk to a person.',
  ),
  notLinked: plain(
    '这个手机号还没有在本行开通。请先在网点或手机银行用本机号码开通。',
    'This number is not set up with the bank yet. Please do that at a branch or in its app first.',
  ),
  more: plain('更多', 'More'),
  back: plain('前一页', 'Previous'),
  stop: plain('不办了', 'Leave it'),
  tryAgain: plain('再试一次', 'Try again'),
  again: plain('重新来', 'Start again'),
} as const

/** The variables of `rows`. */
export function toRows(lines: readonly string[]) {
  const [row1 = '', row2 = '', row3 = '', row4 = '', row5 = '', ...more] = lines
  const [row6 = '', row7 = '', row8 = '', row9 = ''] = more
  return { row1, row2, row3, row4, row5, row6, row7, row8, row9 }
}
