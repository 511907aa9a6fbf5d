import type { Bank } from '../app/bank.ts'
import { commitJudgement, commitRefusal } from '../confirmations/commit-answer.ts'
import { getConfirmation, type Confirmation } from '../confirmations/confirmations.store.ts'
import { getOperation } from '../confirmations/operations.ts'
import { readPayload } from '../confirmations/payload.ts'
import { renderYuan } from '../credit/words.ts'
import type { Locale } from '../customers/links.store.ts'
import { getAccount } from '../ledger/accounts.store.ts'
import { findQuote, type Quote } from '../quotes/quotes.store.ts'
import { text, type Text } from '../quotes/terms.ts'
import { sandboxPin } from '../sandbox/product-controls.ts'
import { isHiddenCharacter, isNameAsked } from '../transfers/hidden-character.ts'
import { equalTexts } from '../vault/vault.ts'
import { backToThread } from './identity-page.ts'
import { html, renderRows, type Html } from './page-html.ts'
import { countMissing, isPicked, renderPictures } from './picture-password.ts'
import type { Form, PageView } from './page-view.ts'
import { commitPageUse, type Page } from './pages.store.ts'

interface Visit {
  readonly locale: Locale
  /** What was typed, or the way that was chosen. */
  readonly form?: Form
}

/** What is agreed to, once more by the bank itself, and the field for what only the bank may be told. */
export function renderConfirmPage(bank: Bank, page: Page, { form = {}, locale }: Visit): PageView {
  const confirmation = getConfirmation(bank.db, page.clientId, page.subjectId)
  const { op } = readPayload(bank, confirmation)
  const ask = page.kind === 'pin' ? renderPinForm(locale, form) : renderShield(bank, confirmation, locale)
  const content = html`${renderAgreed(bank, confirmation, locale)}${ask}`
  return { title: getOperation(op).title, content }
}

/** Judges code and PIN as one, so that nobody learns which was wrong; a signature of the SIM is given or refused. */
export function takeConfirm(bank: Bank, page: Page, { form, locale }: { form: Form; locale: Locale }): PageView {
  return bank.db.transaction(() => {
    const before = getConfirmation(bank.db, page.clientId, page.subjectId)
    if (before.state !== 'pending') return renderEnd(endings.over, locale)
    if (form['answer'] === 'no') {
      commitRefusal(bank, before)
      commitPageUse(bank, page)
      return renderEnd(endings.refused, locale)
    }
    if (form['by'] === 'pictures' && countMissing(form) > 0) return renderConfirmPage(bank, page, { form, locale })
    const asked = page.kind === 'pin' ? undefined : findNameQuestion(bank, before)
    const { by = '', character = '' } = form
    const again = (problem: Text) => ({ ...renderConfirmPage(bank, page, { form: { by }, locale }), problem })
    if (asked && character.trim() === '') return again(words.characterMissing)
    const right = page.kind === 'pin' ? isRight(bank, before, form) : isSignedRight(bank, asked, character)
    const after = commitJudgement(bank, before, right)
    if (after.state === 'pending') return again((asked ? renderWrongName : renderWrong)(after.triesLeft))
    commitPageUse(bank, page)
    return renderEnd(after.state === 'verified' ? endings.done : endings.locked, locale)
  })
}

function isRight(bank: Bank, { id }: Confirmation, form: Form): boolean {
  const code = bank.vault.isCodeOf(id, form['code'] ?? '')
  const secret = form['by'] === 'pictures' ? isPicked(form) : equalTexts(form['pin'] ?? '', sandboxPin)
  return secret && code
}

function renderWrong(triesLeft: number): Text {
  return text(`验证码或密码有误，还可再试 ${triesLeft} 次。`, `The code or the PIN is wrong: ${triesLeft} more tries.`)
}

/** The lookup whose hidden character the customer has to know, where that much money goes to a first payee. */
function findNameQuestion(bank: Bank, confirmation: Confirmation): Quote | undefined {
  const { clientId, quoteId } = confirmation
  const quote = quoteId === undefined ? undefined : findQuote(bank, clientId, quoteId)
  return isNameAsked(quote, BigInt(readPayload(bank, confirmation).amount)) ? quote : undefined
}

function isSignedRight(bank: Bank, asked: Quote | undefined, character: string): boolean {
  return asked === undefined || isHiddenCharacter(bank.vault, asked, character)
}

function renderWrongName(triesLeft: number): Text {
  return text(`这个字不对，还可再试 ${triesLeft} 次。`, `That is not the character: ${triesLeft} more tries.`)
}

const endings = {
  done: text('已确认', 'Confirmed'),
  refused: text('已取消，未做任何操作', 'Cancelled: nothing was done'),
  locked: text('多次有误，已暂停 15 分钟', 'Wrong too often: paused for fifteen minutes'),
  over: text('此请求已失效', 'This is over'),
}

function renderEnd(title: Text, locale: Locale): PageView {
  return { title, content: html`<p>${backToThread[locale]}</p>` }
}

const rowNames = {
  payee: text('收款方', 'Payee'),
  account: text('收款账户', 'Account'),
  payer: text('付款账户', 'From'),
}

function renderAgreed(bank: Bank, confirmation: Confirmation, locale: Locale): Html {
  const { amount, payee } = readPayload(bank, confirmation)
  const quote =
    confirmation.quoteId === undefined ? undefined : findQuote(bank, confirmation.clientId, confirmation.quoteId)
  const from = confirmation.accountId === undefined ? undefined : getAccount(bank.db, confirmation.accountId).mask
  const rows = [
    { name: rowNames.payee[locale], value: payee.name },
    { name: rowNames.account[locale], value: payee.account },
    ...(from === undefined ? [] : [{ name: rowNames.payer[locale], value: from }]),
    ...(quote?.terms ?? []).map(({ label, value }) => ({ name: label[locale], value: value[locale] })),
  ]
  const sum = renderYuan(BigInt(amount))
  return html`${amount === '0' ? html`` : html`<p class="amount">${sum}</p>`}${renderRows(rows)}`
}

const words = {
  code: text('短信验证码', 'Code from the text message'),
  pin: text('支付密码', 'Payment PIN'),
  byPictures: text('改用图形密码', 'Use my pictures instead'),
  byPin: text('改用数字密码', 'Use my PIN instead'),
  confirm: text('确认', 'Confirm'),
  cancel: text('取消', 'Cancel'),
  shield: text(
    '请在手机 SIM 盾上核对并签名。本页代替 SIM 卡的提示框。',
    'Look at it on your SIM shield and sign. This page stands in for the box that the SIM card shows.',
  ),
  character: text(
    '首次给此人大额转账：收款人姓名中被隐去的字',
    'First large transfer to them: the character * of the name',
  ),
  characterMissing: text('请填写姓名中被隐去的字。', 'Fill in the character of the name that is not shown.'),
  digest: text('待签名摘要', 'What is signed'),
}

function renderPinForm(locale: Locale, form: Form): Html {
  const byPictures = form['by'] === 'pictures'
  const digits = html`class="digits" inputmode="numeric" autocomplete="off" pattern="[0-9]{6}" maxlength="6" required`
  const code = html`<label
    >${words.code[locale]}<input name="code" ${digits} value="${byPictures ? (form['code'] ?? '') : ''}"
  /></label>`
  const cancel = html`<button class="quiet" name="answer" value="no" formnovalidate>${words.cancel[locale]}</button>`
  if (byPictures) {
    return html`<form method="post">${code}${renderPictures(locale, form)}${cancel}</form>
      <a class="quiet" href="?by=pin">${words.byPin[locale]}</a>`
  }
  return html`<form method="post">
      ${code}
      <label>${words.pin[locale]}<input name="pin" type="password" ${digits} /></label>
      <button name="answer" value="yes">${words.confirm[locale]}</button>
      ${cancel}
    </form>
    <a class="quiet" href="?by=pictures">${words.byPictures[locale]}</a>`
}

function renderShield(bank: Bank, confirmation: Confirmation, locale: Locale): Html {
  const { payloadSha256 } = confirmation
  const field = html`<label
    >${words.character[locale]}<input name="character" maxlength="4" autocomplete="off" required
  /></label>`
  return html`<p class="soft">${words.shield[locale]}</p>
    ${renderRows([{ name: words.digest[locale], value: `${payloadSha256.slice(0, 8)}…${payloadSha256.slice(-8)}` }])}
    <form method="post" autocomplete="off">
      ${findNameQuestion(bank, confirmation) ? field : html``}
      <button name="answer" value="yes">${words.confirm[locale]}</button>
      <button class="quiet" name="answer" value="no" formnovalidate>${words.cancel[locale]}</button>
    </form>`
}
