import { text } from '@inthread/sdk'

const plain = (chinese: string, english: string) => text({}, { 'zh-CN': chinese, en: english })

/** From the report to the money. */
export const claimTexts = {
  whichCover: plain('哪一份保单出险了？', 'Which policy is it about?'),
  whatHappened: plain('出了什么事？', 'What happened?'),
  collision: plain('碰撞剐蹭', 'Collision'),
  glass: plain('玻璃破损', 'Broken glass'),
  theft: plain('被盗', 'Theft'),
  injury: plain('人员受伤', 'Injury'),
  whenHappened: plain('哪天发生的？可以写 3月5日。', 'Which day was it? You can write 2026-03-05.'),
  today: plain('今天', 'Today'),
  yesterday: plain('昨天', 'Yesterday'),
  describe: plain(
    '请用一两句话说明经过。请不要写身份证号、卡号和密码。',
    'Please say in a sentence or two how it happened. No identity or card numbers, please.',
  ),
  howMuch: plain('损失大约多少元？', 'About how much is the damage, in yuan?'),
  changeKind: plain('改类型', 'Change the kind'),
  changeDay: plain('改日期', 'Change the day'),
  changeStory: plain('改经过', 'Change the story'),
  changeAmount: plain('改金额', 'Change the amount'),
  claimSummary: text(
    { kind: 'text', day: 'text', story: 'text', amount: 'money' },
    {
      'zh-CN': '报案内容：{{kind}}，{{day}}\n经过：{{story}}\n损失 {{amount}}\n提交后交给保险公司，仅用于本次理赔。',
      en: [
        'Your report: {{kind}}, {{day}}',
        'How: {{story}}',
        'Damage {{amount}}',
        'It goes to the insurer, for this claim only.',
      ].join('\n'),
    },
    { keep: ['amount'] },
  ),
  report: plain('提交报案', 'Report it'),
  dropClaim: plain('不报了', 'Leave it'),
  claimDropped: plain('好的，没有报案。', 'All right, nothing was reported.'),
  reported: plain(
    '已报案，保险公司正在查勘定损。有进展马上告诉您。',
    'Reported. The insurer is looking into it; I will tell you as soon as there is news.',
  ),
  tooMuch: plain(
    '金额超过保单的保额，请核对后重新报案。',
    'That is more than the policy covers. Please check the amount and report it again.',
  ),
  notReported: plain(
    '现在没能报上案，请稍后再试，或回复“人工”。',
    'It could not be reported just now. Try again a little later, or say “human”.',
  ),
  unsure: plain(
    '报案是否成功正在确认，请不要重复报案，稍后用“理赔进度”查看。',
    'Whether it was reported is not clear yet. Please do not report it again; look with “my claim” a little later.',
  ),
  needMore: plain(
    '保险公司需要补充说明，请写在这里。请不要写身份证号、卡号和密码。',
    'The insurer needs to know more. Please write it here, without identity or card numbers.',
  ),
  checkMore: text(
    { words: 'text' },
    {
      'zh-CN': '要补充给保险公司的说明：\n{{words}}',
      en: 'This goes to the insurer:\n{{words}}',
    },
  ),
  sendMore: plain('提交', 'Send it'),
  writeAgain: plain('重写', 'Write it anew'),
  gotMore: plain('已补充，谢谢。', 'Passed on, thank you.'),
  offer: text(
    { amount: 'money' },
    { 'zh-CN': '定损完成，可赔付 {{amount}}', en: 'Assessed: {{amount}} would be paid' },
    { keep: ['amount'] },
  ),
  offerBody: text(
    { claimed: 'money' },
    {
      'zh-CN': '您报的损失 {{claimed}}。同意后十天内付到您付保费的账户。',
      en: [
        'You reported {{claimed}}. If you agree,',
        'it is paid within ten days to the account that paid the premium.',
      ].join(' '),
    },
    { keep: ['claimed'] },
  ),
  agree: plain('同意赔付', 'I agree'),
  agreeLater: plain('再想想', 'Let me think'),
  thinking: plain('好的，想好后对我说“理赔进度”。', 'All right. Say “my claim” when you have made up your mind.'),
  agreed: plain('已同意，赔款正在支付。', 'Agreed. The money is on its way.'),
  paidOut: text(
    { amount: 'money' },
    { 'zh-CN': '赔款 {{amount}} 已到账。', en: '{{amount}} has been paid to your account.' },
    { keep: ['amount'] },
  ),
  deniedTitle: plain('这次没有赔付', 'Not covered this time'),
  deniedBody: text(
    { reasons: 'text' },
    {
      'zh-CN': '原因：{{reasons}}。不同意可以申诉，保险公司会重新审核。',
      en: 'Because: {{reasons}}. You can object, and the insurer looks at it again.',
    },
  ),
  objectTo: plain('申诉', 'Object'),
  acceptDenial: plain('知道了', 'I see'),
  objected: plain('已申诉，保险公司会重新审核。', 'Your objection is in. The insurer looks at it again.'),
  understood: plain('好的。', 'All right.'),
  notAnswered: plain(
    '保险公司还没有答复，我会再查，不用重复操作。',
    'The insurer has not answered yet. I will look again; there is no need to do it twice.',
  ),
  neverAnswered: plain(
    '保险公司一直没有答复，我会继续查。着急的话请回复“人工”。',
    'The insurer still does not answer. I will go on looking; if it is urgent, say “human”.',
  ),
  progressUnknown: plain(
    '暂时查不到理赔进度，请稍后再试。您的报案不受影响。',
    'How it stands cannot be looked up just now. Please try again later; your claim is not affected.',
  ),
  claimClosed: plain('这次理赔已结束。', 'This claim is closed.'),
  noClaim: plain('您没有理赔案件。', 'You have no claims.'),
  stillWorking: plain(
    '保险公司正在处理，有进展马上告诉您。',
    'The insurer is working on it. I will tell you of any news.',
  ),
} as const
