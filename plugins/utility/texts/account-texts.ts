import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** Accounts that somebody has paid for. */
export const accountTexts = {
  whichService: plain('要缴哪一项？', 'Which bill would you like to pay?'),
  serviceChip: text({ name: 'text' }, { 'zh-CN': '{{name}}', en: '{{name}}' }),
  notOffered: plain('这项费用暂时不能在这里缴。', 'That bill cannot be paid here at the moment.'),
  whichAccount: text({ name: 'text' }, { 'zh-CN': '{{name}}：请选择户号', en: '{{name}}: which account?' }),
  accountChip: text({ tail: 'text' }, { 'zh-CN': '尾号 {{tail}}', en: 'Ending in {{tail}}' }),
  otherAccount: plain('其他户号', 'Another account'),
  askNumber: text(
    { name: 'text', company: 'text', sample: 'text' },
    {
      'zh-CN': '请输入{{company}}的{{name}}户号，账单右上角可以找到，例如 {{sample}}。',
      en: 'Please write your {{company}} account number ({{name}}). It is at the top of the bill, like {{sample}}.',
    },
  ),
  notAnAccount: text(
    { company: 'text' },
    {
      'zh-CN': '{{company}}没有这个户号，请核对后再输入一次。',
      en: '{{company}} does not know this account. Please check it and write it once more.',
    },
  ),
  myAccounts: text(
    { count: 'count' },
    {
      'zh-CN': '您保存了 {{count}} 个户号，点选即可删除。',
      en: 'You have {{count}} saved accounts. Tap one to remove it.',
    },
  ),
  removeChip: text(
    { name: 'text', tail: 'text' },
    { 'zh-CN': '删除 {{name}} {{tail}}', en: 'Remove {{name}} {{tail}}' },
  ),
  keepAll: plain('都保留', 'Keep all'),
  removed: text(
    { tail: 'text' },
    { 'zh-CN': '尾号 {{tail}} 的户号已删除。', en: 'The account ending in {{tail}} has been removed.' },
  ),
  noAccounts: plain(
    '您还没有保存户号，缴费成功后会自动保存。',
    'There are no saved accounts. One is kept when you pay.',
  ),
  allKept: plain('好的，户号都为您保留着。', 'All right, your accounts stay as they are.'),
} as const
