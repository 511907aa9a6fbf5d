import { setTimeout as pause } from 'node:timers/promises'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf, type Phone } from '../../kit/phone.ts'

/** The one customer of the sandbox bank with money for several tickets. */
export const customerNumber = '+8613800000001'

export interface CustomerOptions {
  readonly phone: Phone
  /** Lets business time pass while the customer waits for the bank; true when it did. */
  readonly letTimePass: () => Promise<boolean>
  /** Whether anybody could answer at the moment: nobody is impatient with a platform that is starting. */
  readonly isUp: () => boolean
  /** After this long without anything new the customer does the same again; a second and a half when left out. */
  readonly patienceMs?: number
}

interface Sight {
  readonly message: MessageView
  readonly act: (phone: Phone) => Promise<void>
  /** From here on it is the bank's turn. */
  readonly last: boolean
}

const lookMs = 25
const usualPatienceMs = 1500
const timePassesMs = 400
const repeatsAtMost = 12

/**
 * Buys a ticket as people do: looks at the last thing that can be answered, answers it, and does the same again when
 * nothing happens for a while.
 */
export class Customer {
  /** How often the customer said or tapped something again. */
  repeats = 0
  readonly #options: CustomerOptions
  #answered = ''

  constructor(options: CustomerOptions) {
    this.#options = options
  }

  /** Resolves to whether a message with these words came; gives up when `limitMs` have passed. */
  async buy(ending: string, limitMs: number): Promise<boolean> {
    const { phone } = this.#options
    const giveUpAtMs = performance.now() + limitMs
    let [seen, changedAtMs, passedAtMs] = [-1, performance.now(), performance.now()]
    while (performance.now() < giveUpAtMs) {
      const heard = await phone.heard()
      if (heard.some((message) => textOf(message).includes(ending))) return true
      if (heard.length !== seen || !this.#options.isUp()) [seen, changedAtMs] = [heard.length, performance.now()]
      const sight = findSight(heard)
      const quietMs = performance.now() - changedAtMs
      if (await this.#answer(heard, sight, quietMs)) changedAtMs = performance.now()
      if (sight?.last === true && quietMs > timePassesMs && performance.now() - passedAtMs > timePassesMs) {
        if (await this.#options.letTimePass()) passedAtMs = performance.now()
      }
      await pause(lookMs)
    }
    return false
  }

  /** True when something was done. */
  async #answer(heard: readonly MessageView[], sight: Sight | undefined, quietMs: number): Promise<boolean> {
    const name = sight?.message.id ?? `start after ${heard.length === 0 ? 'nothing' : 'something'}`
    const again = name === this.#answered
    const { patienceMs = usualPatienceMs } = this.#options
    if (again && (quietMs < patienceMs || this.repeats >= repeatsAtMost)) return false
    if (again) this.repeats += 1
    this.#answered = name
    if (sight) await sight.act(this.#options.phone)
    else await this.#options.phone.say('明天上午从成都到北京，一张二等座')
    return true
  }
}

/** What a customer taps; the bank's account, where there are several to choose from, is any. */
const buttons = ['确认支付', '支付', '选 G308', '对', '储蓄卡']

/** The last message that can be answered. */
function findSight(heard: readonly MessageView[]): Sight | undefined {
  for (const message of heard.toReversed()) {
    if (textOf(message).includes('验证码已发送'))
      return { message, act: async (phone) => phone.say(await phone.code()), last: true }
    const button = message.suggestions.find(({ label }) => buttons.some((known) => label.startsWith(known)))
    if (button) return { message, act: (phone) => phone.tapButton(message, button), last: false }
  }
  return undefined
}
