import type { BankConnection, PaymentView } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { openScope, storeMigrations, type TenantScope } from '@inthread/store'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import type { OpenDatabase } from '../../../test/kit/requirements.ts'
import { openGround, pause, type Ground } from '../../../test/kit/ground.ts'
import { confirmationIdOf, createDesk, type Desk, type NewOrder, type Opening } from '../src/desk/desk.ts'
import { settleGrants } from '../src/grants/change-grants.ts'
import { completeGrant, type GrantText, type Strength } from '../src/grants/grant-terms.ts'
import { recordStrength } from '../src/grants/use.store.ts'
import type { Judgement } from '../src/orders/judge.ts'
import { commitChange, getOrder, type OrderName } from '../src/orders/order.store.ts'
import { commitJudgement, type Settling } from '../src/orders/settle.store.ts'
import { sealField, type Offer } from '../src/orders/sheet.ts'
import type { FinancePorts, Letter, ToldRefund } from '../src/ports.ts'
import { financeMigrations } from '../src/schema/migrations.ts'
import type { ConfirmationRow, FinanceTables, OrderRow } from '../src/schema/tables.ts'

export const scope: TenantScope = openScope('rail')

export const offer: Offer = {
  link: 'link_1',
  payee: { id: 'mch_1', name: '北方铁路', account: '****6621' },
  methods: [
    { id: 'm1', label: 'Savings', mask: '****1021' },
    { id: 'm2', label: 'Current', mask: '****7734' },
  ],
}

/** Real books in a real database, with a bank that does what a test says. */
export class Books {
  readonly ground: Ground
  readonly ports: FinancePorts
  readonly desk: Desk
  readonly letters: Letter[] = []
  readonly toldRefunds: ToldRefund[] = []
  readonly events: { readonly name: string; readonly facts: object }[] = []
  readonly woken: string[] = []
  #bank: BankConnection | undefined

  constructor(ground: Ground) {
    this.ground = ground
    this.ports = {
      ...ground,
      timers: { pause, every: () => ({ stop: () => Promise.resolve() }) },
      banks: {
        find: (tenantId, bankId) =>
          this.#bank && tenantId === 'rail' && bankId === 'main'
            ? { scope, bankId, connection: this.#bank }
            : undefined,
        list: () => (this.#bank ? [{ scope, bankId: 'main', connection: this.#bank }] : []),
      },
      mailbox: {
        tell: async (_tx, letters) => void this.letters.push(...letters),
        tellRefund: async (_tx, refunds) => void this.toldRefunds.push(...refunds),
        wake: (conversations) => void this.woken.push(...conversations),
      },
      log: { event: (name, facts) => void this.events.push({ name, facts }) },
    }
    this.desk = createDesk(this.ports)
  }

  static async open(open: OpenDatabase): Promise<Books> {
    const books = new Books(await openGround(await open(), { migrations: [...storeMigrations, ...financeMigrations] }))
    await books.grant({ 'bank/main/payment': {}, 'bot/rail/travel/pay': {} })
    return books
  }

  /** Puts grants in force, whatever they were. */
  async grant(terms: Readonly<Record<string, GrantText>>, tenant = scope): Promise<void> {
    const wanted = Object.entries(terms).map(([place, text]) => ({ place, terms: completeGrant(text, 'CNY') }))
    await this.ground.store.write('grant', (tx) =>
      settleGrants(tx, tenant, { wanted, removed: [], free: true, now: this.now }),
    )
  }

  /** What a conversation is told when it hands in an order. */
  async ask(change: Partial<NewOrder> = {}): Promise<Opening> {
    const order = this.order(change)
    const [opening] = await this.ground.store.write('ask', (tx) => this.desk.open(tx, [order]))
    if (!opening) throw new Error('an order was handed in and nothing was said of it')
    return opening
  }

  connect(bank: BankConnection): void {
    this.#bank = bank
  }

  get now(): number {
    return this.ground.clock.now()
  }

  /** An order as a conversation hands it in. */
  order(change: Partial<NewOrder> = {}): NewOrder {
    return {
      scope,
      orderId: this.ground.ids.next(),
      bankId: 'main',
      capability: 'payment',
      operation: 'pay',
      input: { amount: money('128.00', 'CNY'), purpose: 'two seats' },
      currency: 'CNY',
      botId: 'rail',
      plugin: 'travel',
      need: 'pay',
      ceiling: undefined,
      conversationId: this.ground.ids.next(),
      subscriberId: this.ground.ids.next(),
      runId: this.ground.ids.next(),
      locale: 'en',
      timeZone: 'Asia/Shanghai',
      now: this.now,
      ...change,
    }
  }

  /** … and taken: created. */
  async created(change: Partial<NewOrder> = {}): Promise<OrderName> {
    const orderId = this.ground.ids.next()
    const order = this.order({ orderId, ...change })
    await this.ground.store.write('open', (tx) => this.desk.open(tx, [order]))
    return { scope, orderId }
  }

  /** … and prepared by the bank. */
  async prepared(change: Partial<NewOrder> = {}): Promise<OrderName> {
    const name = await this.created(change)
    const order = await this.row(name)
    const sealed = sealField(this.ports.sealer, order, { column: 'offer', value: offer })
    await this.ground.store.write('offer', (tx) => commitChange(tx, order, { offer: sealed }))
    return name
  }

  /** … and shown to the user. */
  async presented(change: Partial<NewOrder> = {}): Promise<OrderName> {
    const name = await this.prepared(change)
    await this.present(name)
    return name
  }

  /** … and confirmed, with the bank's proof. */
  async proved(change: Partial<NewOrder> = {}): Promise<OrderName> {
    const name = await this.presented(change)
    await this.consent(name)
    await this.prove(name)
    return name
  }

  /** … and in the bank's hands. */
  async submitted(change: Partial<NewOrder> = {}): Promise<OrderName> {
    const name = await this.proved(change)
    await this.commit(name)
    return name
  }

  present(name: OrderName, method = 'm1'): ReturnType<Desk['present']> {
    return this.ground.store.write('present', (tx) => this.desk.present(tx, name, { method, now: this.now }))
  }

  consent(name: OrderName): ReturnType<Desk['consent']> {
    return this.ground.store.write('consent', (tx) => this.desk.consent(tx, name, this.now))
  }

  commit(name: OrderName): ReturnType<Desk['commit']> {
    return this.ground.store.write('commit', (tx) => this.desk.commit(tx, name, this.now))
  }

  close(name: OrderName): ReturnType<Desk['close']> {
    return this.ground.store.write('close', (tx) => this.desk.close(tx, name, this.now))
  }

  /** The bank's confirmation of an order, verified unless something is changed. */
  async prove(name: OrderName, change: Partial<ConfirmationRow> = {}): Promise<void> {
    const order = await this.row(name)
    const id = confirmationIdOf(scope, order.id)
    const place = { tenant: 'rail', table: 'confirmation', column: 'authorisation', row: id }
    const row: ConfirmationRow = {
      tenant_id: 'rail',
      id,
      order_id: order.id,
      state: 'verified',
      bank_ref: 'chl_1',
      tries_left: 3,
      expires_at: this.now + 120_000_000,
      authorisation: this.ports.sealer.seal(place, 'auth_1'),
      payload_digest: order.payload_digest ?? '',
      created_at: this.now,
      updated_at: this.now,
      ...change,
    }
    await this.ground.store.write('prove', (tx) => insertAll(tx, 'confirmation', [row]))
  }

  /** What the bank said of an order, written down; the conversations that were told. */
  async settle(
    name: OrderName,
    judgement: Judgement,
    more: Partial<Pick<Settling, 'attempt' | 'notFoundIsFinalAfterMs' | 'told' | 'resource'>> = {},
  ): Promise<readonly string[]> {
    const order = await this.row(name)
    const settling: Settling = { order, judgement, attempt: undefined, notFoundIsFinalAfterMs: 60_000, ...more }
    await this.#send(name)
    return this.ground.store.write('settle', (tx) => commitJudgement(tx, settling, this.ports))
  }

  /** A bank speaks of what was sent: what is still planned goes out now. */
  async #send(name: OrderName): Promise<void> {
    await this.ground.store.write('send', (tx) =>
      sqlOf<FinanceTables>(tx)
        .updateTable('attempt')
        .set({ sent_at: this.now })
        .where('order_id', '=', name.orderId)
        .where('sent_at', '=', 0)
        .execute(),
    )
  }

  row(name: OrderName): Promise<OrderRow> {
    return this.ground.store.read('row', (reader) => getOrder(reader, name))
  }

  async change(name: OrderName, change: Partial<OrderRow>): Promise<void> {
    await this.ground.store.write('change', (tx) =>
      sqlOf<FinanceTables>(tx).updateTable('bank_order').set(change).where('id', '=', name.orderId).execute(),
    )
  }

  rowsOf<T extends 'attempt' | 'movement' | 'confirmation' | 'break_item' | 'notice'>(
    table: T,
    name: OrderName,
  ): Promise<FinanceTables[T][]> {
    return this.ground.store.read('rows', async (reader) => {
      const query = sql<FinanceTables[T]>`select * from ${sql.table(table)} where order_id = ${name.orderId}`
      return [...(await query.execute(sqlOf(reader))).rows]
    })
  }

  async kindsOf(name: OrderName): Promise<string[]> {
    return (await this.rowsOf('movement', name)).map(({ kind }) => kind).toSorted()
  }

  async breaksOf(name: OrderName): Promise<string[]> {
    return (await this.rowsOf('break_item', name)).map(({ kind }) => kind).toSorted()
  }

  async auditOf(name: OrderName): Promise<string[]> {
    const query = sql<{ action: string; actor_kind: string }>`
      select action, actor_kind from audit where object_id = ${name.orderId} order by id`
    const { rows } = await this.ground.store.read('audit', (reader) => query.execute(sqlOf(reader)))
    return rows.map(({ action, actor_kind: actor }) => `${actor} ${action}`)
  }

  async auditDataOf(name: OrderName): Promise<unknown[]> {
    const query = sql<{ data: string }>`select data from audit where object_id = ${name.orderId} order by id`
    const { rows } = await this.ground.store.read('audit', (reader) => query.execute(sqlOf(reader)))
    return rows.map(({ data }) => JSON.parse(data) as unknown)
  }

  /** What the bank came to know of the user while it proved an order. */
  async strengthen(name: OrderName, strength: Strength): Promise<void> {
    const order = await this.row(name)
    await this.ground.store.write('strengthen', (tx) => recordStrength(tx, order, strength))
  }

  lettersOf(name: OrderName): readonly string[] {
    return this.letters.filter(({ key }) => key.startsWith(name.orderId)).flatMap(({ outcome }) => outcome?.name ?? [])
  }
}

/** The payment of an order as the bank shows it: paid, unless something is changed. */
export function paymentOf(name: OrderName, change: Partial<PaymentView> = {}): PaymentView {
  return {
    bankRef: 'pay_1',
    clientRef: name.orderId,
    state: 'succeeded',
    version: 2,
    amount: money('128.00', 'CNY'),
    payeeId: 'mch_1',
    fee: money('0.77', 'CNY'),
    failure: undefined,
    ...change,
  }
}
