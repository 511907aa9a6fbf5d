import type { Bank, BankTerms } from '../app/bank.ts'
import { findLink, getLinkPhone, type Locale } from '../customers/links.store.ts'
import { renderAmount } from '../credit/words.ts'
import type { Text } from '../quotes/terms.ts'
import type { Confirmation } from './confirmations.store.ts'
import { getOperation } from './operations.ts'
import { readPayload } from './payload.ts'

const waitsMs = [0, 200, 600]
const timeoutMs = 2_000

/**
 * Hands the code to the operator, three times if need be. Best effort: nobody waits for it, and a customer who gets no
 * code asks for another. Nothing of the message is logged.
 */
export async function sendCode(bank: Bank, confirmation: Confirmation): Promise<void> {
  const sms = buildSms(bank, confirmation)
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await bank.surroundings.wait(waitMs, bank.stopping)
    if (bank.stopping.aborted || (await postSms(bank, sms))) return
  }
  bank.log('warn', 'the operator did not take a message')
}

interface Sms {
  readonly to: string
  readonly from: string
  readonly text: string
}

function buildSms(bank: Bank, confirmation: Confirmation): Sms {
  const link = findLink(bank, confirmation.clientId, confirmation.linkId)
  const payload = readPayload(bank, confirmation)
  const text = renderCodeMessage(bank.terms, link?.locale ?? 'zh-CN', {
    code: bank.vault.codeOf(confirmation.id),
    ...(payload.op === 'payment' ? {} : { title: getOperation(payload.op).title }),
    payee: payload.payee.name,
    amountMinor: BigInt(payload.amount),
    lifeSec: Math.ceil((confirmation.expiresAt - confirmation.createdAt) / 1000),
  })
  return { to: getLinkPhone(bank, confirmation.linkId), from: bank.terms.smsSender, text }
}

export interface CodeMessage {
  readonly code: string
  /** What is done, where it is not simply paying. */
  readonly title?: Text
  readonly payee: string
  readonly amountMinor: bigint
  readonly lifeSec: number
}

/** It names what is agreed to, amount and payee, so that a code cannot be coaxed out for something else. */
function renderCodeMessage(terms: BankTerms, locale: Locale, message: CodeMessage): string {
  const { code, lifeSec } = message
  if (locale === 'en') {
    const what = `Code ${code} ${describeInEnglish(message)}, valid for ${lifeSec} s.`
    return `[${terms.name.en}] ${what} Our staff never ask for it.`
  }
  const what = `验证码 ${code}，${describeInChinese(message)}，${lifeSec} 秒内有效。`
  return `【${terms.name.zh}】${what}银行人员不会索要验证码。`
}

function describeInEnglish({ title, payee, amountMinor }: CodeMessage): string {
  const amount = `${renderAmount(amountMinor)} yuan`
  if (!title) return `to pay ${amount} to ${payee}`
  return `for ${title.en}${amountMinor > 0n ? `: ${amount}, payee ${payee}` : ''}`
}

/** A loan is not paid by whoever signs it: the words for it stand before amount and payee. */
function describeInChinese({ title, payee, amountMinor }: CodeMessage): string {
  const amount = `${renderAmount(amountMinor)} 元`
  if (!title) return `用于向${payee}支付 ${amount}`
  return `用于${title['zh-CN']}${amountMinor > 0n ? ` ${amount}，收款方${payee}` : ''}`
}

async function postSms(bank: Bank, sms: Sms): Promise<boolean> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), bank.stopping])
  const headers = { 'content-type': 'application/json' }
  try {
    const response = await bank.surroundings.fetch(bank.smsUrl, {
      method: 'POST',
      headers,
      body: JSON.stringify(sms),
      signal,
    })
    void response.body?.cancel().catch(() => undefined)
    return response.ok
  } catch {
    return false
  }
}
