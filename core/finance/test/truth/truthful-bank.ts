import type { BankConnection, BankOutcome, BankResource, StatementLine } from '@inthread/sdk/bank'
import { moneyToWire, type Money } from '@inthread/sdk/money'
import type { Clock } from '@inthread/sdk/time'
import { pause } from '../../../../test/kit/ground.ts'
import { dayOf, shiftDay } from '../../src/reconcile/bank-day.ts'
import { scriptBank } from '../scripted-bank.ts'
import type { Capability, Mood } from './draw-steps.ts'

export interface Deed {
  readonly key: string
  readonly ref: string
  readonly amount: Money
  readonly payeeId: string
  state: 'processing' | 'succeeded' | 'failed'
  version: number
}

export interface BookedLine {
  readonly day: string
  readonly line: Partial<StatementLine> & Pick<StatementLine, 'kind' | 'amount' | 'bankRef'>
  /** What it makes due to the merchant. */
  readonly due: bigint
}

type Silence = Extract<BankOutcome<never>, { kind: 'unknown' | 'refused' }>
type Taken = { readonly kind: 'deed'; readonly deed: Deed } | Silence
type Found = Taken | { readonly kind: 'not_found' }

const lost: Silence = { kind: 'unknown', code: 'no_answer' }
const zone = 'Asia/Shanghai'

/** A bank that does what it is asked once for each key, states what it did, and answers badly. */
export class TruthfulBank {
  readonly deeds = new Map<string, Deed>()
  /** How often each was carried out. */
  readonly done = new Map<string, number>()
  readonly lines: BookedLine[] = []
  /** From now on it answers well. */
  calm = false
  /** Of an order; undefined of a refund. */
  capabilityOf: (key: string) => Capability | undefined = () => undefined
  readonly #clock: Clock
  readonly #moods: readonly Mood[]
  readonly #slow: Deed[] = []
  readonly #returns = new Map<string, BookedLine>()
  #calls = 0

  constructor(moods: readonly Mood[], clock: Clock) {
    this.#moods = moods
    this.#clock = clock
  }

  readonly connection: BankConnection = scriptBank({
    submit: async ({ key, amount, payeeId }) => toView(await this.#take({ key, amount, payeeId })),
    query: async (ref) => {
      const found = await this.#look(ref)
      return found.kind === 'not_found' ? found : toView(found)
    },
    refund: async ({ key, amount }) => toView(await this.#take({ key, amount, payeeId: '' })),
    findRefund: async (ref) => {
      const found = await this.#look(ref)
      return found.kind === 'not_found' ? found : toView(found)
    },
    ask: async (asked) => {
      if (asked.asks !== 'acting' || asked.method !== 'POST') {
        const { clientRef = '' } = asked.method === 'GET' ? (asked.query ?? {}) : {}
        return toFound(await this.#look(clientRef))
      }
      const { amount } = asked.body as { readonly amount: { readonly value: string; readonly currency: string } }
      const money = { amountMinor: BigInt(amount.value), currency: amount.currency }
      return toResource(await this.#take({ key: asked.key ?? '', amount: money, payeeId: 'mch_1' }))
    },
  })

  #next(): Mood {
    return this.calm ? 'well' : (this.#moods[this.#calls++ % this.#moods.length] ?? 'well')
  }

  async #take(asked: Pick<Deed, 'key' | 'amount' | 'payeeId'>): Promise<Taken> {
    await pause(1)
    const mood = this.#next()
    const known = this.deeds.get(asked.key)
    if (mood === 'dies') throw new Error('the connection died')
    if (mood === 'lost before') return lost
    if (mood === 'later' && !known) return { kind: 'refused', code: 'busy', reason: 'try_later' }
    if (known) return mood === 'lost after' || mood === 'slow' ? lost : { kind: 'deed', deed: known }
    const ends = { declines: 'failed', pending: 'processing' } as Readonly<Record<string, Deed['state']>>
    const deed: Deed = { ...asked, ref: `deed_${asked.key}`, state: ends[mood] ?? 'succeeded', version: 1 }
    if (mood === 'slow') this.#slow.push(deed)
    else this.#keep(deed)
    if (mood === 'slow' || mood === 'lost after') return lost
    const amountMinor = asked.amount.amountMinor + (mood === 'other amount' ? 1n : 0n)
    return { kind: 'deed', deed: { ...deed, amount: { ...asked.amount, amountMinor } } }
  }

  async #look(key: string): Promise<Found> {
    await pause(1)
    const mood = this.#next()
    if (mood === 'dies') throw new Error('the connection died')
    if (mood === 'lost after' || mood === 'lost before') return lost
    const deed = this.deeds.get(key)
    return deed ? { kind: 'deed', deed } : { kind: 'not_found' }
  }

  /** What was asked for and not done yet: before a bank may say for good that it knows nothing of it. */
  catchUp(): void {
    for (const deed of this.#slow.splice(0)) this.#keep(deed)
  }

  /** Ends what it still works on. */
  decide(draw: number): void {
    for (const [index, deed] of [...this.deeds.values()].filter(({ state }) => state === 'processing').entries()) {
      deed.state = (draw + index) % 3 === 0 ? 'failed' : 'succeeded'
      deed.version += 1
      if (deed.state === 'succeeded') this.#carryOut(deed)
    }
  }

  #keep(deed: Deed): void {
    if (this.deeds.has(deed.key)) return
    this.deeds.set(deed.key, deed)
    if (deed.state === 'succeeded') this.#carryOut(deed)
  }

  #carryOut(deed: Deed): void {
    const { key, ref } = deed
    this.done.set(key, (this.done.get(key) ?? 0) + 1)
    const capability = this.capabilityOf(key)
    // What a biller gets is on no statement of the merchant's.
    if (capability === 'bill') return
    const kind = capability === undefined ? 'refund' : capability === 'loan' ? 'loan_disbursement' : 'payment'
    this.#state(deed, { kind, bankRef: ref, back: kind === 'refund' })
  }

  /** Takes back what was paid or given back, and gives it again the next time. */
  chargeBack(draw: number): void {
    const stated = [...this.deeds.values()].filter(({ ref }) => this.lines.some(({ line }) => line.bankRef === ref))
    const deed = stated[draw % Math.max(1, stated.length)]
    if (!deed) return
    const before = this.#returns.get(deed.key) ?? this.lines.find(({ line }) => line.bankRef === deed.ref)
    if (!before) return
    const bankRef = `return_${this.lines.length}`
    const named = { kind: 'return', bankRef, reversalOf: before.line.bankRef, back: before.due > 0n }
    this.#returns.set(deed.key, this.#state(deed, named))
  }

  /** Now and then on the statement of the next day. */
  #state(
    { key, amount }: Deed,
    { back, ...named }: { kind: string; bankRef: string; reversalOf?: string; back: boolean },
  ): BookedLine {
    const amountMinor = amount.amountMinor + (this.capabilityOf(key) === 'points' ? 2000n : 0n)
    const day = shiftDay(dayOf(this.#clock.now(), zone), this.lines.length % 7 === 6 ? 1 : 0)
    const line = { ...named, clientRef: key, amount: { ...amount, amountMinor } }
    const booked = { day, line, due: back ? -amountMinor : amountMinor }
    this.lines.push(booked)
    return booked
  }
}

function toView(said: Taken) {
  if (said.kind !== 'deed') return said
  const { ref: bankRef, key: clientRef, state, version, amount, payeeId } = said.deed
  if (state === 'failed') return { kind: 'refused', code: 'no', reason: 'declined' } as const
  const view = { bankRef, clientRef, state, version, amount, payeeId, fee: undefined, failure: undefined }
  return { kind: state === 'succeeded' ? 'done' : 'pending', value: view } as const
}

function resourceOf({ ref: id, key: clientRef, state, version, amount }: Deed): BankResource {
  return { id, clientRef, state, version, amount: { ...moneyToWire(amount) } }
}

function toResource(said: Taken) {
  if (said.kind !== 'deed') return said
  return { kind: said.deed.state === 'processing' ? 'pending' : 'done', value: resourceOf(said.deed) } as const
}

function toFound(said: Found) {
  if (said.kind === 'not_found') return { kind: 'done', value: { items: [] } } as const
  return said.kind === 'deed' ? ({ kind: 'done', value: { items: [resourceOf(said.deed)] } } as const) : said
}
