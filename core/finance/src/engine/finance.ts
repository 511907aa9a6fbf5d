import type { DoorRequest, Notice } from '@inthread/sdk/bank'
import { addMs, days } from '@inthread/sdk/time'
import { createDesk, type Desk } from '../desk/desk.ts'
import type { DeskAnswer, DeskEffect } from '../desk/effect.ts'
import { Performer } from '../desk/perform.ts'
import { FeedReader } from '../notices/feed-reader.ts'
import { commitNotices } from '../notices/notice.store.ts'
import { lapseOrders } from '../orders/lapse.store.ts'
import { createOrderPump } from '../orders/order-pump.ts'
import { createRefundPump } from '../refunds/refund-pump.ts'
import { StatementReader, statementNotice } from '../reconcile/statement-reader.ts'
import type { BankSetup, FinancePorts } from '../ports.ts'
import { createBookOffice, type BookOffice } from './book-office.ts'
import { sweepBooks } from './sweep-books.ts'
import { releasePlace } from './work.store.ts'
import { dropQuotes } from '../quotes/quote.store.ts'

/** The finance engine of one process. */
export interface Finance {
  readonly desk: Desk
  /** What people do with refunds, consents, statements and breaks. */
  readonly books: BookOffice
  start(): Promise<void>
  stop(): Promise<void>
  /** What a dialogue asks of the bank; outside of every transaction. */
  perform(effect: DeskEffect): Promise<DeskAnswer>
  /**
   * A push of the bank: verified, stored, and answered before anything is done about it. `from` is the `traceparent` of
   * whoever has passed it on to us.
   */
  acceptNotice(setup: BankSetup, request: DoorRequest, from?: string | null): Promise<NoticeAcceptance>
  /** New orders may have been handed over. */
  wake(): void
}

/** Orders that broken runs left behind are no hurry. */
const sweepEveryMs = 30_000

export type NoticeAcceptance = 'accepted' | 'forged' | 'stale' | 'malformed' | 'unverifiable'

export function createFinance(ports: FinancePorts): Finance {
  const desk = createDesk(ports)
  const performer = new Performer(ports)
  const pump = createOrderPump(ports)
  const refunds = createRefundPump(ports)
  const wake = (): void => {
    pump.wake()
    refunds.wake()
  }
  const statements = new StatementReader(ports)
  const heed = (setup: BankSetup, notices: readonly Notice[]): void => {
    wake()
    for (const { type, day } of notices) if (type === statementNotice) statements.hear(setup, day)
  }
  const feed = new FeedReader(ports, heed)
  let sweep: { stop(): Promise<void> } | undefined
  return {
    desk,
    books: createBookOffice({ ports, statements, wake }),
    start: async () => {
      await releasePlace(ports.store, ports.owner)
      pump.start()
      refunds.start()
      feed.start()
      statements.start()
      sweep = ports.timers.every(
        sweepEveryMs,
        async () => {
          await lapseOrders({ ...ports, now: ports.clock.now() })
          await dropQuotes(ports.store, addMs(ports.clock.now(), -days(1)))
          await sweepBooks(ports)
        },
        'janitor',
      )
    },
    stop: async () => {
      await sweep?.stop()
      await feed.stop()
      await statements.stop()
      await pump.stop()
      await refunds.stop()
    },
    perform: (effect) => performer.perform(effect),
    acceptNotice: async (setup, request, from = null) => {
      const verdict = await setup.connection.verifyNotice(request)
      if (verdict.kind !== 'genuine') return verdict.kind
      const facts = { tenant: setup.scope.tenantId, bank: setup.bankId }
      const span = ports.traces.open('notice', { from, kind: 'server', facts })
      await span.cover(() => keepNotice(ports, setup, verdict.notice))
      heed(setup, [verdict.notice])
      return 'accepted'
    },
    wake,
  }
}

async function keepNotice(ports: FinancePorts, { scope, bankId }: BankSetup, notice: Notice): Promise<void> {
  const { store, clock, mailbox } = ports
  const hear = notice.link === undefined ? undefined : await mailbox.hearing?.(scope)
  const told = await store.write('notice.accept', (tx) =>
    commitNotices(tx, scope, { bankId, notices: [notice], now: clock.now(), ports, hear }),
  )
  mailbox.wake(told)
}
