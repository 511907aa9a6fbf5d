import { setTimeout as pause } from 'node:timers/promises'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf, type Phone } from '../../kit/phone.ts'
import { aMomentMs, tapOn, typeCode, type Sight } from '../paths/sights.ts'

/** The one customer of the sandbox bank with money for several tickets. */
export const customerNumber = '+8613800000001'

export interface CustomerOptions {
  readonly phone: Phone
  /** Lets business time pass while the customer waits for the bank; true when it did. */
  readonly letTimePass: (durationMs: number) => Promise<boolean>
  /** Whether anybody could answer at the moment: nobody is impatient with a platform that is starting. */
  readonly isUp: () => boolean
  /** What is said when there is nothing to answer, if not empty, and what can be answered; a ticket's when left out. */
  readonly opening?: string
  readonly sights?: readonly Sight[]
  /** How many messages belong to an earlier wish, and are not looked at. */
  readonly since?: number
  /** After this long without anything new the customer does the same again; a second and a half when left out. */
  readonly patienceMs?: number
  /** After this long without anything new it is given up; only `limitMs` counts when left out. */
  readonly quietLimitMs?: number
}

/** What a customer taps; the bank's account, where there are several to choose from, is any. */
export const ticketSights: readonly Sight[] = [typeCode, tapOn('确认支付', '支付', '选 G308', '对', '储蓄卡')]
export const ticketOpening = '明天上午从成都到北京，一张二等座'

interface Seen {
  readonly message: MessageView
  readonly sight: Sight
}

const lookMs = 25
const usualPatienceMs = 1500
const timePassesMs = 400
const repeatsAtMost = 12

/**
 * Does something with money as people do, like buying a ticket: looks at the last thing that can be answered, answers
 * it, and does the same again when nothing happens for a while.
 */
export class Customer {
  /** How often the customer said or tapped something again. */
  repeats = 0
  readonly #options: CustomerOptions
  #answered = ''
  /** How often time has passed at which message. */
  #passes = 0
  #passedAt: string | undefined

  constructor(options: CustomerOptions) {
    this.#options = options
  }

  /** Resolves to whether a message with these words came; gives up when `limitMs` have passed. */
  async buy(ending: string, limitMs: number): Promise<boolean> {
    const { phone, sights = ticketSights, since = 0, quietLimitMs = limitMs } = this.#options
    const giveUpAtMs = performance.now() + limitMs
    let [count, changedAtMs, passedAtMs] = [-1, performance.now(), performance.now()]
    let heardAtMs = changedAtMs
    while (performance.now() < Math.min(giveUpAtMs, heardAtMs + quietLimitMs)) {
      const heard = (await phone.heard()).slice(since)
      if (heard.some((message) => textOf(message).includes(ending))) return true
      if (heard.length !== count || !this.#options.isUp()) {
        ;[count, changedAtMs] = [heard.length, performance.now()]
        heardAtMs = changedAtMs
      }
      const seen = findSight(heard, sights)
      const quietMs = performance.now() - changedAtMs
      if (await this.#answer(heard, seen, quietMs)) changedAtMs = performance.now()
      const passMs = this.#findPassMs(seen)
      if (passMs !== undefined && quietMs > timePassesMs && performance.now() - passedAtMs > timePassesMs) {
        if (await this.#options.letTimePass(passMs)) [passedAtMs, this.#passes] = [performance.now(), this.#passes + 1]
      }
      await pause(lookMs)
    }
    return false
  }

  /** What was said last, for whoever has waited for something else. */
  async describeLast(): Promise<string> {
    const last = (await this.#options.phone.heard()).slice(-3).map((message) => `"${textOf(message)}"`)
    return last.length > 0 ? `the last messages were ${last.join(', ')}` : 'nothing was said'
  }

  /** How much time may pass at once, at what was seen last; undefined when it is the customer's turn. */
  #findPassMs(seen: Seen | undefined): number | undefined {
    if (seen?.message.id !== this.#passedAt) [this.#passedAt, this.#passes] = [seen?.message.id, 0]
    const { passMs, passAtMost = Number.MAX_SAFE_INTEGER } = seen?.sight ?? {}
    return passMs !== undefined && this.#passes >= passAtMost ? aMomentMs : passMs
  }

  /** True when something was done. */
  async #answer(heard: readonly MessageView[], seen: Seen | undefined, quietMs: number): Promise<boolean> {
    const said = heard.some((message) => !isBidToWait(message))
    const name = seen?.message.id ?? `start after ${said ? 'something' : 'nothing'}`
    const again = name === this.#answered
    const { patienceMs = usualPatienceMs, phone, opening = ticketOpening } = this.#options
    if (again && (seen?.sight.waits || quietMs < patienceMs || this.repeats >= repeatsAtMost)) return false
    if (again) this.repeats += 1
    this.#answered = name
    if (seen) await seen.sight.act(phone, seen.message)
    else if (opening !== '') await phone.say(opening)
    return true
  }
}

/** Said once for each call of the bank that takes its time. It answers nothing: nobody begins anew because of it. */
export function isBidToWait(message: MessageView): boolean {
  return textOf(message) === '请稍等，正在处理。'
}

/** The last message that can be answered. */
function findSight(heard: readonly MessageView[], sights: readonly Sight[]): Seen | undefined {
  for (const message of heard.toReversed()) {
    const sight = sights.find(({ sees }) => sees(message))
    if (sight) return { message, sight }
  }
  return undefined
}
