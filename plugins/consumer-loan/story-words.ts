const chinese = {
  early: '提前还款',
  apply: '申请',
  data: '资料',
  offers: '优惠',
  credit: '征信',
  agree: '同意',
  disagree: '不同意',
  signIt: '签名授权',
  form: '请在银行页面填写资料',
  reviewing: '审核中',
  approved: '审批通过 ¥18,800.00 · 年利率 9.80%',
  sign: '签署合同',
  confirm: '签署贷款合同',
}

export type Words = typeof chinese

const english: Words = {
  early: '提前还款',
  apply: 'Apply',
  data: 'data',
  offers: 'offers',
  credit: 'credit',
  agree: 'I agree',
  disagree: 'I do not agree',
  signIt: 'Sign it',
  form: "Fill in the form on the bank's page",
  reviewing: 'The bank is deciding',
  approved: 'Approved ¥18,800.00',
  sign: 'Sign the contract',
  confirm: 'Sign loan contract',
}

/** What the user sees and taps, in either language. */
export function wordsOf(locale: 'zh-CN' | 'en'): Words {
  return locale === 'en' ? english : chinese
}
