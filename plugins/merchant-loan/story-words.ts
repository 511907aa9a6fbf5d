const chinese = {
  apply: '申请',
  agree: '同意',
  disagree: '不同意',
  form: '请在银行页面填写资料',
  credit: '个人和商户征信',
  signIt: '签名授权',
  approved: '审批通过 ¥10,000.00 · 年利率 8.99%',
  sign: '签署合同',
  confirm: '签署贷款合同',
}

export type Words = typeof chinese

const english: Words = {
  apply: 'Apply',
  agree: 'I agree',
  disagree: 'I do not agree',
  form: "Fill in the form on the bank's page",
  credit: 'credit reports of you and your business',
  signIt: 'Sign it',
  approved: 'Approved ¥10,000.00',
  sign: 'Sign the contract',
  confirm: 'Sign loan contract',
}

/** What the user sees and taps, in either language. */
export function wordsOf(locale: 'zh-CN' | 'en'): Words {
  return locale === 'en' ? english : chinese
}
