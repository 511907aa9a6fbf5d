import type { z } from 'zod'
import type { orderSummarySchema, payMethodSchema } from '../capability/payment.ts'
import type { Stage } from '../testing/stage.ts'
import { minutes } from '../time.ts'

/** An order that a user brings to the bank's counter. */
export interface CounterVisit {
  /** Which commit it is, by which its dialogue goes: `pay`. */
  readonly commit: string
  /** The order, as the platform names it to the dialogue: `o-7`. */
  readonly order: string
  /** What the bank knows of it. With one way to pay the user is asked to confirm at once, with more to choose first. */
  readonly ready: {
    readonly methods: readonly z.infer<typeof payMethodSchema>[]
    readonly order: z.infer<typeof orderSummarySchema>
  }
  /** What the user says to the confirm card, by the words of its button: `Confirm payment`. */
  readonly confirm: string
  /** Where the code is sent, masked. */
  readonly destination?: string
}

/**
 * A dialogue of `defineCounter`, or one that goes as it goes, up to the confirm card:
 *
 *     const order = { number: '0007', amount: money('79.00', 'CNY'), payee: 'Tea house ****3100' }
 *     const ready = { methods: [{ id: 'a-1', label: 'Debit card', mask: '****1234' }], order }
 *     const visit = { commit: 'pay', order: 'o-7', ready, confirm: 'Confirm payment' }
 *
 *     story('left', setting, (stage) => {
 *       prepareAtCounter(stage, visit)
 *       stage.user.says('cancel')
 *     })
 */
export function prepareAtCounter({ starts, bank }: Stage, { commit, order, ready }: CounterVisit): void {
  starts(commit, { order })
  bank.answers('ready', ready)
}

/** Further on: the user has confirmed, and the bank's code is asked for. */
export function confirmAtCounter(stage: Stage, visit: CounterVisit): void {
  prepareAtCounter(stage, visit)
  stage.user.says(visit.confirm)
  sendCode(stage, visit.destination)
}

/**
 * All the way: the bank knows that it is the user, and has the order. What it makes of it is for the story to say:
 *
 *     proveAtCounter(stage, visit)
 *     stage.bank.accepts({ receipt: '0007' })
 *     stage.bot.said('Paid ¥79.00')
 */
export function proveAtCounter(stage: Stage, visit: CounterVisit): void {
  confirmAtCounter(stage, visit)
  typeCode(stage)
}

/** For a dialogue that comes to its confirm card another way: after it, the bank sends a code of two minutes. */
export function sendCode({ bank, clock }: Stage, destination = '138****0001'): void {
  bank.answers('sent', { destination, triesLeft: 3, expiresAt: clock.now + minutes(2) * 1000 })
}

/** The bank sends a code, and the user types the right one. */
export function proveByCode(stage: Stage, destination?: string): void {
  sendCode(stage, destination)
  typeCode(stage)
}

function typeCode({ user, bank }: Stage): void {
  user.says('135790')
  bank.answers('verified')
}
