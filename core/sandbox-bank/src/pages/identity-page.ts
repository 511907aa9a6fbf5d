import { applications } from '../applications/application-kind.ts'
import type { Application } from '../applications/application-facts.ts'
import { buildFilledIn, fieldNames, isForBusiness, isIdNumber } from '../applications/fill-in.ts'
import { isLicence } from '../applications/licence.ts'
import type { Bank } from '../app/bank.ts'
import type { Locale } from '../customers/links.store.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { getDeedRow } from '../deeds/deeds.store.ts'
import { text, type Text } from '../quotes/terms.ts'
import { html, type Html } from './page-html.ts'
import { commitPageUse, type Page } from './pages.store.ts'
import type { Form, PageView } from './page-view.ts'

const title = text('填写申请资料', 'Your application')

/** The long form of an application, and the identity number that must not be typed into a message. */
export function renderIdentityPage(bank: Bank, page: Page, { form = {}, locale }: Shown): PageView {
  const business = isForBusiness(getDeedRow(bank, page.subjectId) as Application)
  return { title, content: renderForm(locale, form, business) }
}

interface Shown {
  readonly form?: Form
  readonly locale: Locale
}

/** Takes the form. What the bank thinks of it is told in the conversation, not here. */
export function takeIdentity(bank: Bank, page: Page, { form, locale }: { form: Form; locale: Locale }): PageView {
  const fields = readFields(form)
  const business = isForBusiness(getDeedRow(bank, page.subjectId) as Application)
  const problem = findProblem(fields) ?? (business ? findBusinessProblem(fields) : undefined)
  if (problem) return { ...renderIdentityPage(bank, page, { form, locale }), problem }
  bank.db.transaction(() => {
    const deed = getDeedRow(bank, page.subjectId) as Application
    commitPageUse(bank, page)
    commitDeedChange(bank, applications, { deed, change: buildFilledIn(bank, deed, fields) })
  })
  return { title: text('资料已提交', 'Sent'), content: html`<p>${backToThread[locale]}</p>` }
}

export const backToThread = text(
  '请返回消息继续办理，可以关闭本页。',
  'Go on in the conversation; this page can be closed.',
)

function readFields(form: Form): Record<string, string> {
  const entries = fieldNames.map((name) => [name, (form[name] ?? '').trim().slice(0, 200)] as const)
  return Object.fromEntries(entries.filter((entry) => entry[1] !== ''))
}

function findProblem({ name, idNumber }: Record<string, string>): Text | undefined {
  if (!name) return text('请填写姓名。', 'Fill in your name.')
  if (idNumber && isIdNumber(idNumber)) return undefined
  return text('身份证号有误，请核对后重新填写。', 'This is not an identity number: look at it again.')
}

function findBusinessProblem({ business, licence }: Record<string, string>): Text | undefined {
  if (!business) return text('请填写商户名称。', 'Fill in the name of your business.')
  if (licence && isLicence(licence)) return undefined
  return text('营业执照号有误，请核对后重新填写。', 'This is not the number of a licence: look at it again.')
}

const words = {
  name: text('姓名', 'Name'),
  idNumber: text('身份证号', 'Identity number'),
  income: text('年收入（元）', 'Yearly income in yuan'),
  address: text('居住地址', 'Address'),
  employer: text('工作单位（选填）', 'Employer (optional)'),
  business: text('商户名称', 'Name of your business'),
  licence: text('统一社会信用代码（营业执照号）', 'Number of your business licence'),
  send: text('提交', 'Send'),
  note: text(
    '资料由银行加密保存，仅用于本次申请，不会出现在消息里。',
    'The bank keeps this encrypted, for this application only. None of it is shown in the conversation.',
  ),
}

const incomes = [
  text('5 万以下', 'below 50,000'),
  text('5–15 万', '50,000–150,000'),
  text('15 万以上', 'above 150,000'),
]

function renderForm(locale: Locale, form: Form, business: boolean): Html {
  const options = incomes.map((income) => html`<option>${income[locale]}</option>`)
  return html`<p class="soft">${words.note[locale]}</p>
    <form method="post" autocomplete="off">
      <label>${words.name[locale]}<input name="name" required maxlength="64" value="${form['name'] ?? ''}" /></label>
      <label
        >${words.idNumber[locale]}<input
          name="idNumber"
          required
          maxlength="18"
          inputmode="text"
          pattern="[0-9]{17}[0-9X]"
      /></label>
      <label
        >${words.income[locale]}<select name="income">
          ${options}
        </select></label
      >
      <label>${words.address[locale]}<input name="address" maxlength="200" value="${form['address'] ?? ''}" /></label>
      <label
        >${words.employer[locale]}<input name="employer" maxlength="100" value="${form['employer'] ?? ''}"
      /></label>
      ${business ? renderBusiness(locale, form) : html``}
      <button>${words.send[locale]}</button>
    </form>`
}

/** The licence is read off the paper; it belongs here and never into the conversation. */
function renderBusiness(locale: Locale, form: Form): Html {
  const { business = '', licence = '' } = form
  return html`<label
      >${words.business[locale]}<input name="business" required maxlength="100" value="${business}"
    /></label>
    <label
      >${words.licence[locale]}<input
        name="licence"
        required
        maxlength="18"
        autocapitalize="characters"
        pattern="[0-9A-HJ-NPQRTUWXY]{18}"
        value="${licence}"
    /></label>`
}
