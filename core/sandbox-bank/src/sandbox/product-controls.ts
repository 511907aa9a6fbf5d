import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { creditAuthorisations } from '../applications/authorise.ts'
import { sandboxPictures } from '../pages/picture-password.ts'
import { buildIdNumber } from '../applications/fill-in.ts'
import { buildLicence } from '../applications/licence.ts'
import { commitNewcomer } from '../customers/commit-seed.ts'
import { findPhoneHolder, getCustomerBirthday, getCustomerName } from '../customers/customers.store.ts'
import { currency, findAccount, ownAccounts } from '../ledger/accounts.store.ts'
import { findSettlementAccount } from '../ledger/settlement-account.ts'
import { commitSingle } from '../ledger/transfers.store.ts'
import { numberOf, textOf } from '../store/row.ts'
import { Problem } from '../transport/problem.ts'
import { buildCheck } from '../transport/validate.ts'
import { buildBodyReader } from './read-control.ts'

const deposit = Type.Object({
  amount: Type.String({ pattern: '^-?[1-9][0-9]{0,11}$', description: 'Minor units; below zero takes out.' }),
})
const newcomerBody = Type.Object({
  phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'E.164; nobody has it so far.' }),
  name: Type.String({ minLength: 2, maxLength: 20 }),
})
const name = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) })

/** What a test or a curious developer may do to the customers: pay them a salary, and see what they would type. */
export function serveProductControls(scope: FastifyInstance, bank: Bank): void {
  const [checkBody, checkParams] = [buildCheck(deposit, 'body'), buildCheck(name, 'path')]
  scope.post('/sandbox/accounts/:id/deposits', async (request) => {
    const { amount } = checkBody(request.body) as { amount: string }
    const { id } = checkParams(request.params) as { id: string }
    const account = findAccount(bank.db, id)
    if (!isSomebodys(account?.kind)) {
      throw new Problem('not_found', 'There is no account of a customer or a merchant with this id.')
    }
    const transfer = `trf_${bank.vault.randomName()}`
    const at = bank.clock.now()
    const minor = BigInt(amount)
    const [dr, cr] = minor > 0n ? [id, ownAccounts.treasury] : [ownAccounts.treasury, id]
    const amountMinor = minor > 0n ? minor : -minor
    bank.db.transaction(() => commitSingle(bank.db, { id: transfer, dr, cr, amountMinor, currency, at }))
    return { id, amount }
  })
  scope.get('/sandbox/customers', async () => ({ customers: listPeople(bank) }))
  scope.get('/sandbox/credit-queries', async () => ({ queries: listCreditQueries(bank) }))
  const readNewcomer = buildBodyReader(newcomerBody)
  scope.post('/sandbox/customers', async (request, reply) => {
    const newcomer = readNewcomer(request)
    if (findPhoneHolder(bank, newcomer.phone)) throw new Problem('state_conflict', 'Somebody has this number already.')
    const mask = bank.db.transaction(() => commitNewcomer(bank, newcomer, bank.clock.now()))
    return reply.code(201).send({ ...newcomer, mask })
  })
}

function isSomebodys(kind: string | undefined): boolean {
  return kind === 'customer' || kind === 'merchant' || kind === 'card'
}

/** What the credit register remembers: the bank looks somebody up for a signed authorisation, and for nothing else. */
function listCreditQueries(bank: Bank): object[] {
  const select =
    'select customer_id, parent_id, created_at from deeds where kind = ? and state = ? ' +
    'order by created_at, rowid limit 1000'
  return bank.db.list(select, creditAuthorisations.thing, 'accepted').map((row) => ({
    customer: textOf(row, 'customer_id'),
    application: textOf(row, 'parent_id'),
    at: renderInstant(numberOf(row, 'created_at')),
  }))
}

/** The PIN of everybody in the sandbox. */
export const sandboxPin = '246810'

function listPeople(bank: Bank): object[] {
  const rows = bank.db.list('select id from customers order by created_at, id limit 100')
  return rows.map((row, index) => {
    const id = textOf(row, 'id')
    const bornOn = getCustomerBirthday(bank, id)
    return {
      id,
      name: getCustomerName(bank, id),
      bornOn,
      idNumber: buildIdNumber(bornOn),
      // Who has no business has nothing to type there.
      ...(findSettlementAccount(bank, id)
        ? { business: `${getCustomerName(bank, id)}的小店`, licence: buildLicence(index) }
        : {}),
      pin: sandboxPin,
      pictures: sandboxPictures,
    }
  })
}
