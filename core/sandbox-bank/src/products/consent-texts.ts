import { sha256Hex } from '../signing/digest.ts'
import { text, type Text } from '../quotes/terms.ts'

/** What a customer is asked to allow, each purpose on its own. A new wording is a new version. */
export interface ConsentText {
  readonly purpose: string
  readonly version: string
  readonly text: Text
  readonly receiver: Text
  readonly dataClasses: readonly string[]
  /** The bank acts on it only with a confirmation that was signed for it. */
  readonly signed: boolean
}

const bank = text('江城银行', 'River Bank')

export const consentTexts: readonly ConsentText[] = [
  {
    purpose: 'personal-data',
    version: '1',
    text: text(
      '我同意向江城银行提供姓名、手机号和本次填写的资料，仅用于办理本次申请。',
      'I agree that my name, phone number and what I fill in go to River Bank, for this application only.',
    ),
    receiver: bank,
    dataClasses: ['name', 'phone', 'application-form'],
    signed: false,
  },
  {
    purpose: 'credit-query',
    version: '1',
    text: text(
      '我授权江城银行为审批本次申请查询我的个人信用报告。',
      'I authorise River Bank to query my credit report in order to decide on this application.',
    ),
    receiver: text('江城银行与征信机构', 'River Bank and the credit bureau'),
    dataClasses: ['credit-report'],
    signed: true,
  },
  {
    purpose: 'business-credit-query',
    version: '1',
    text: text(
      '我授权江城银行为审批本次经营贷款查询我本人和我经营的商户的信用报告。',
      'I authorise River Bank to query the credit reports of myself and of my business to decide on this loan.',
    ),
    receiver: text('江城银行与征信机构', 'River Bank and the credit bureau'),
    dataClasses: ['credit-report', 'business-credit-report'],
    signed: true,
  },
  {
    purpose: 'marketing',
    version: '1',
    text: text(
      '我同意接收江城银行的优惠信息，可随时回复 TD 退订。不同意不影响本次业务。',
      'I agree to be told of offers of River Bank, and can reply TD at any time. Refusing changes nothing else.',
    ),
    receiver: bank,
    dataClasses: ['phone', 'product-use'],
    signed: false,
  },
  {
    purpose: 'account-view',
    version: '1',
    text: text(
      '我同意在此对话中查看我的账户余额和收支。',
      'I agree that my balances and entries are shown in this conversation.',
    ),
    receiver: text('本商户', 'This merchant'),
    dataClasses: ['balance', 'entries'],
    signed: false,
  },
  {
    purpose: 'location',
    version: '1',
    text: text(
      '我同意本次使用我的位置查找最近网点，用后即删。',
      'I agree that my location is used once, to find the nearest branch, and then deleted.',
    ),
    receiver: bank,
    dataClasses: ['location'],
    signed: false,
  },
  {
    purpose: 'wealth-profile',
    version: '1',
    text: text(
      '我同意江城银行使用我的风险测评结果为我匹配理财产品。',
      'I agree that River Bank uses my risk assessment to match wealth products to me.',
    ),
    receiver: bank,
    dataClasses: ['risk-profile'],
    signed: false,
  },
]

export function findConsentText(purpose: string, version: string): ConsentText | undefined {
  return consentTexts.find((candidate) => candidate.purpose === purpose && candidate.version === version)
}

/** Either language may have been shown. */
export function isDigestOf({ text: words }: ConsentText, sha256: string): boolean {
  return [words['zh-CN'], words.en].some((shown) => sha256Hex(shown) === sha256)
}
