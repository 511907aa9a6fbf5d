import { afterEach, expect, it } from 'vitest'
import { pause } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { openWitness, type Witness } from '../../../../test/kit/traces/witness.ts'
import { Books, paymentOf, scope } from '../../test/books.ts'
import { done, scriptBank } from '../../test/scripted-bank.ts'
import { commitNotices } from '../notices/notice.store.ts'
import type { FinancePorts } from '../ports.ts'
import { createOrderPump } from './order-pump.ts'
import type { OrderName } from './order.store.ts'

describeOnEachDatabase('the trace of an order', (open) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  async function openTraced(): Promise<{ readonly books: Books; readonly witness: Witness }> {
    const untraced = await Books.open(open)
    closing.push(() => untraced.ground.close())
    const witness = openWitness()
    return { books: new Books({ ...untraced.ground, traces: witness.traces }), witness }
  }
  const within = <T>({ traces }: Witness, name: string, work: () => Promise<T>): Promise<T> =>
    traces.open(name, { from: null }).cover(work)
  const traceOf = async (books: Books, name: OrderName): Promise<string | null> => (await books.row(name)).traceparent

  it('is that of the turn that opened it, and then of the one that handed it over', async () => {
    const { books, witness } = await openTraced()
    const name = await within(witness, 'opening', () => books.proved())
    expect(await traceOf(books, name)).toBe(witness.find('opening').traceparent)
    await within(witness, 'handing', () => books.commit(name))
    expect(await traceOf(books, name)).toBe(witness.find('handing').traceparent)
  })

  it('stays as it was where a process that traces nothing hands it over', async () => {
    const { books, witness } = await openTraced()
    const name = await within(witness, 'opening', () => books.proved())
    await books.commit(name)
    expect(await traceOf(books, name)).toBe(witness.find('opening').traceparent)
  })

  it('goes on where the bank is asked, and the letter is told within it', async () => {
    const { books, witness } = await openTraced()
    const name = await within(witness, 'handing', () => books.submitted())
    books.connect(scriptBank({ submit: () => done(paymentOf(name)) }, []))
    const told: (string | null)[] = []
    const mailbox: FinancePorts['mailbox'] = {
      ...books.ports.mailbox,
      tell: async () => void told.push(witness.traces.current().traceparent),
    }
    const timers = { pause, every: (_ms: number, work: () => Promise<void>) => ({ stop: work }) }
    const pump = createOrderPump({ ...books.ports, mailbox, timers })
    closing.push(() => pump.stop())
    pump.start()
    pump.wake()
    while ((await books.row(name)).state !== 'succeeded') await pause(5)
    const submit = witness.find('order.submit')
    expect(submit).toMatchObject({
      from: witness.find('handing').traceparent,
      facts: { tenant: 'rail', bank: 'main', order: name.orderId, judgement: 'succeeded' },
    })
    expect(told).toEqual([submit.traceparent])
  })

  it('is linked from the notices that speak of it, and from no others', async () => {
    const { books, witness } = await openTraced()
    const name = await within(witness, 'handing', () => books.submitted())
    const notice = { id: 'evt_1', type: 'payment.updated', clientRef: name.orderId, version: 2, state: 'succeeded' }
    const keep = (clientRef: string) =>
      books.ground.store.write('notice', (tx) =>
        commitNotices(tx, scope, {
          ...{ bankId: 'main', now: books.now, ports: books.ports },
          notices: [{ ...notice, id: `evt_${clientRef}`, clientRef }],
        }),
      )
    await within(witness, 'notice', () => keep(name.orderId))
    await within(witness, 'other', () => keep('nobody'))
    expect(witness.find('notice').links).toEqual([witness.find('handing').traceparent])
    expect(witness.find('other').links).toEqual([])
  })
})
