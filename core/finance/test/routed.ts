import type { OperationDeclaration } from '@inthread/sdk/capability'
import { encodeRoute } from '../src/orders/route.ts'
import type { OrderName } from '../src/orders/order.store.ts'
import { sealField } from '../src/orders/sheet.ts'
import type { OrderRow } from '../src/schema/tables.ts'
import { offer, type Books } from './books.ts'

/** An order in the bank's hands that is no payment: carried out and booked as its capability says. */
export async function submitRouted(
  books: Books,
  { bank, confirm, book }: Pick<OperationDeclaration, 'bank' | 'confirm' | 'book'>,
  { counted = {}, change = {} }: { readonly counted?: object; readonly change?: Partial<OrderRow> } = {},
): Promise<OrderName> {
  const name = await books.presented()
  const route = { ...(bank ? { route: bank } : {}), ...(confirm ? { confirm } : {}), ...(book ? { book } : {}) }
  const quote = { id: 'q', terms: 't', facts: [], product: 'w1', counted }
  const sealed = sealField(books.ports.sealer, await books.row(name), { column: 'offer', value: { ...offer, quote } })
  await books.change(name, { route: encodeRoute(route), offer: sealed, ...change })
  await books.consent(name)
  await books.prove(name)
  await books.commit(name)
  return name
}
