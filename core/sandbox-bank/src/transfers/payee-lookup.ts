import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { commitCounted, assertWithin, type Limit } from '../app/limits.ts'
import { startOfDay } from '../app/business-day.ts'
import { renderYuan } from '../credit/words.ts'
import type { CustomerLink } from '../customers/get-linked.ts'
import { listDeedsOfCustomer } from '../deeds/deeds.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { defineQuote, type QuoteDesk, type QuoteDraft } from '../quotes/quote-routes.ts'
import { term, text } from '../quotes/terms.ts'
import { bilingual } from '../routes/fields.ts'
import { commitTally } from '../store/tallies.store.ts'
import { maskName, maskPhone } from '../vault/mask.ts'
import { listPayeeBanks } from './banks.ts'
import { findPayee, type FoundPayee } from './find-payee.ts'
import { digestHiddenCharacter, nameAskedFromMinor } from './hidden-character.ts'

const hourMs = 3_600_000
const lookupsADay = 10
const missesAnHour = 3

/** What the bank must find again when the money goes. */
export interface LookupFacts {
  readonly phoneIndex: string
  readonly bank: string
  /** Keyed digest of name and account: another holder has another. */
  readonly holder: string
  readonly accountId: string
  /** Keyed digest of the character that the mask hides. */
  readonly hidden: string
  readonly customerId?: string
}

export const payeeLookup = defineQuote({
  kind: 'payee-lookup',
  prefix: 'lkp',
  url: '/v1/payees/lookups',
  name: 'PayeeLookup',
  summary: 'Whom a number belongs to, masked, for a transfer. Ten a day; three misses an hour.',
  body: Type.Object({
    phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'E.164.' }),
    bank: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'Of GET /v1/payees/banks; any if left out.' }),
    ),
  }),
  view: Type.Object({
    phone: Type.String({ description: 'Masked.' }),
    bank: Type.Optional(Type.Object({ id: Type.String(), name: bilingual })),
    firstTime: Type.Boolean({ description: 'This customer has not paid this payee before.' }),
    nameAskedFrom: Type.Optional(
      Type.Object(
        { value: Type.String(), currency: Type.String() },
        { description: 'From this amount on, the page of the bank asks for the character that the mask hides.' },
      ),
    ),
  }),
  lifeMs: 5 * 60_000,
  problems: ['rate_limited'],
  draw: (desk, body) => {
    assertLookupsLeft(desk)
    const { phone } = body
    const phoneIndex = desk.bank.vault.blindIndexOf(phone)
    const found = findPayee(desk.bank, { phoneIndex, ...(body.bank === undefined ? {} : { bank: body.bank }) })
    const masked = maskPhone(phone)
    return found ? buildHit(desk, { found, phoneIndex, masked }) : buildMiss(desk, masked)
  },
})

function assertLookupsLeft({ bank, link, now }: QuoteDesk): void {
  assertWithin(bank, buildMissLimit(link, now))
  commitCounted(bank, {
    subject: `lookup ${link.customerId}`,
    most: lookupsADay,
    sinceMs: startOfDay(now),
    freeAfterMs: 24 * hourMs,
    detail: `A customer may look up ${lookupsADay} payees a day: try again tomorrow.`,
  })
}

function buildMissLimit(link: CustomerLink, now: number): Limit {
  return {
    subject: `lookup missed ${link.customerId}`,
    most: missesAnHour,
    sinceMs: now - hourMs,
    freeAfterMs: hourMs,
    detail: `Nobody was found ${missesAnHour} times within an hour: wait before the next lookup.`,
  }
}

/** The answer to a miss looks like any other: only what is in it differs. */
function buildMiss({ bank, link, now }: QuoteDesk, phone: string): QuoteDraft {
  commitTally(bank.db, buildMissLimit(link, now).subject, now)
  return { state: 'not_registered', terms: [], view: { phone, firstTime: true } }
}

interface Hit {
  readonly found: FoundPayee
  readonly phoneIndex: string
  readonly masked: string
}

function buildHit({ bank, link }: QuoteDesk, { found, phoneIndex, masked }: Hit): QuoteDraft {
  const at = listPayeeBanks(bank.terms).find(({ id }) => id === found.bank)
  const name = at?.name ?? text(found.bank)
  const id = bank.vault.idOf('pye', phoneIndex, found.bank)
  const { accountId, customerId } = found
  const facts: LookupFacts = {
    ...{ phoneIndex, bank: found.bank, holder: renderHolder(bank, found), accountId },
    hidden: digestHiddenCharacter(bank.vault, found.name),
    ...(customerId === undefined ? {} : { customerId }),
  }
  return {
    payee: { id, name: maskName(found.name), account: found.mask },
    terms: [
      term('bank', text('收款银行', 'Bank of the payee'), name),
      term('phone', text('手机号', 'Phone number'), masked),
      term('fee', text('手续费', 'Fee'), renderYuan(0n)),
    ],
    view: { phone: masked, bank: { id: found.bank, name }, ...renderNovelty(hasPaid(bank, link, id)) },
    facts,
  }
}

function renderNovelty(isKnown: boolean): object {
  return isKnown
    ? { firstTime: false }
    : { firstTime: true, nameAskedFrom: { value: nameAskedFromMinor.toString(), currency } }
}

/** The same for as long as the number belongs to the same person with the same account. */
export function renderHolder(bank: Bank, { name, mask }: FoundPayee): string {
  return bank.vault.blindIndexOf(`${name} ${mask}`)
}

function hasPaid(bank: Bank, { customerId }: CustomerLink, payeeId: string): boolean {
  const paid = listDeedsOfCustomer(bank, { customerId, kind: 'transfer', sinceMs: -1 })
  return paid.some(({ payee, state }) => payee?.id === payeeId && state === 'succeeded')
}
