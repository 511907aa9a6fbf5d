import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { instant } from '../routes/fields.ts'
import { numberOf, textOf, wordOf, type Row } from '../store/row.ts'

const kinds = ['identity', 'pin', 'sim-shield'] as const
const lifeMs = 10 * 60_000

/** A page of the bank that one customer may use once, for one thing: what must not be typed into a message. */
export interface Page {
  /** Cannot be guessed: whoever has it may use the page. */
  readonly id: string
  readonly kind: (typeof kinds)[number]
  readonly clientId: string
  /** The application or confirmation it is about. */
  readonly subjectId: string
  readonly state: 'open' | 'used'
  readonly expiresAt: number
}

export const pageSchema = Type.Object(
  { url: Type.String({ format: 'uri' }), expiresAt: instant },
  { description: 'For the customer alone, once: what must not be typed into a message is typed there.' },
)

export function renderPage(bank: Bank, { id, expiresAt }: Page): { url: string; expiresAt: string } {
  return { url: `${bank.place.publicUrl}/page/${id}`, expiresAt: renderInstant(expiresAt) }
}

type NewPage = Pick<Page, 'kind' | 'clientId' | 'subjectId'>

export function commitPage(bank: Bank, { kind, clientId, subjectId }: NewPage): Page {
  const row = bank.db.find('select count(*) as count from pages where subject_id = ?', subjectId)
  const count = row ? numberOf(row, 'count') : 0
  const id = bank.vault.idOf('pge', kind, subjectId, count)
  const now = bank.clock.now()
  const insert =
    'insert into pages (id, kind, client_id, subject_id, state, created_at, expires_at) ' +
    `values (?, ?, ?, ?, 'open', ?, ?)`
  bank.db.run(insert, id, kind, clientId, subjectId, now, now + lifeMs)
  return { id, kind, clientId, subjectId, state: 'open', expiresAt: now + lifeMs }
}

/** Undefined when it was used, has run out, or never was. */
export function findOpenPage(bank: Bank, id: string): Page | undefined {
  const select = `select * from pages where id = ? and state = 'open' and expires_at > ?`
  const row = bank.db.find(select, id, bank.clock.now())
  return row && buildPage(row)
}

/** The newest that is open for this. */
export function findPageOf(bank: Bank, subjectId: string): Page | undefined {
  const select =
    `select * from pages where subject_id = ? and state = 'open' and expires_at > ? ` +
    'order by created_at desc, rowid desc limit 1'
  const row = bank.db.find(select, subjectId, bank.clock.now())
  return row && buildPage(row)
}

/** Throws when somebody else was faster. */
export function commitPageUse(bank: Bank, page: Page): void {
  if (bank.db.run(`update pages set state = 'used' where id = ? and state = 'open'`, page.id) === 1) return
  throw new Error('a page was used twice')
}

function buildPage(row: Row): Page {
  return {
    id: textOf(row, 'id'),
    kind: wordOf(row, 'kind', kinds),
    clientId: textOf(row, 'client_id'),
    subjectId: textOf(row, 'subject_id'),
    state: wordOf(row, 'state', ['open', 'used']),
    expiresAt: numberOf(row, 'expires_at'),
  }
}
