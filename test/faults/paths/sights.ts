import type { MessageView } from '@inthread/sandbox-operator/views'
import { submitForm } from '../../kit/credit/fill-in.ts'
import { textOf, type Phone } from '../../kit/phone.ts'

/** A kind of message that can be answered, and what people do when they see it. */
export interface Sight {
  readonly sees: (message: MessageView) => boolean
  readonly act: (phone: Phone, message: MessageView) => Promise<void>
  /** Nothing is done about it, and so nothing is done again. */
  readonly waits?: true
  /** From here on it is somebody else's turn, and so much of business time may pass at a time. */
  readonly passMs?: number
  /** So often; afterwards only moments pass, or others' patience would come to its end too. */
  readonly passAtMost?: number
}

/** Nothing that is known changes while so little time passes. */
export const aMomentMs = 3000

/** Taps the first button whose label begins like this. */
export function tapOn(...labels: readonly string[]): Sight {
  const find = ({ suggestions }: MessageView) =>
    suggestions.find(({ label, kind }) => kind === 'reply' && labels.some((known) => label.startsWith(known)))
  return {
    sees: (message) => find(message) !== undefined,
    act: async (phone, message) => {
      const button = find(message)
      if (button) await phone.tapButton(message, button)
    },
  }
}

/** The same, where several messages have such a button: only in answer to one with these words. */
export function tapIn(words: string, label: string): Sight {
  const tap = tapOn(label)
  return { ...tap, sees: (message) => textOf(message).includes(words) && tap.sees(message) }
}

export function sayTo(words: string, answer: string): Sight {
  return { sees: (message) => textOf(message).includes(words), act: (phone) => phone.say(answer) }
}

/** Another answer each time: no branch is open on a Sunday. */
export function sayInTurn(words: string, answers: readonly string[]): Sight {
  let asked = 0
  return { ...sayTo(words, ''), act: (phone) => phone.say(answers[(asked += 1) % answers.length] ?? '') }
}

/** Types the code that the bank has sent; then it is the bank's turn. */
export const typeCode: Sight = {
  sees: (message) => textOf(message).includes('验证码已发送'),
  act: async (phone) => phone.say(await phone.code()),
  passMs: aMomentMs,
}

/** Waits, and lets so much business time pass at a time. */
export function waitAt(words: string, passMs: number = aMomentMs, passAtMost = Number.MAX_SAFE_INTEGER): Sight {
  const sees = (message: MessageView): boolean => textOf(message).includes(words)
  return { sees, act: () => Promise.resolve(), waits: true, passMs, passAtMost }
}

/** Everybody's in the sandbox. */
const pin = '246810'

/** Opens the bank's page from the thread, and types code and PIN into it. */
export const confirmOnPage: Sight = {
  sees: (message) => textOf(message).includes('请在银行页面上确认'),
  act: async (phone, message) => {
    await submitPage(message, { code: await phone.code(), pin, answer: 'yes' })
  },
  passMs: aMomentMs,
}

/** The form of an application: who this is, as the bank knows this person. */
export function fillForm(name: string): Sight {
  return {
    sees: (message) => textOf(message).includes('请在银行页面填写资料'),
    act: async (phone, message) => void (await submitForm(phone.bankUrl, message, name)),
    passMs: aMomentMs,
  }
}

async function submitPage({ suggestions }: MessageView, fields: Record<string, string>): Promise<void> {
  const url = suggestions.find(({ kind }) => kind === 'open')?.target
  if (url === undefined) throw new Error('the message opens no page')
  // A page that has served says so; whoever comes twice has nothing more to do.
  await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
}
