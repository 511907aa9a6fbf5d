import type { SealedBooks } from '../customers/customers.store.ts'
import { textOf, wordOf } from '../store/row.ts'

const states = ['held', 'reassigned'] as const

/** Somebody who banks elsewhere and has tied the number to an account there. */
export interface DirectoryEntry {
  readonly bank: string
  readonly name: string
  readonly mask: string
  readonly state: (typeof states)[number]
}

export function commitDirectoryEntry(books: SealedBooks, phone: string, entry: DirectoryEntry): void {
  const index = books.vault.blindIndexOf(phone)
  const sealed = books.vault.seal(nameCell(index, entry.bank), entry.name)
  const insert =
    'insert into directory (phone_index, bank, name_sealed, mask, state) values (?, ?, ?, ?, ?) ' +
    'on conflict do update set name_sealed = excluded.name_sealed, mask = excluded.mask, state = excluded.state'
  books.db.run(insert, index, entry.bank, sealed, entry.mask, entry.state)
}

/** Where a number is known, at this bank or at any; the first by name. */
export function findDirectoryEntry(
  books: SealedBooks,
  which: { phoneIndex: string; bank: string | undefined },
): DirectoryEntry | undefined {
  const select = 'select * from directory where phone_index = ? and (? is null or bank = ?) order by bank limit 1'
  const bank = which.bank ?? null
  const row = books.db.find(select, which.phoneIndex, bank, bank)
  if (!row) return undefined
  const at = textOf(row, 'bank')
  return {
    bank: at,
    name: books.vault.open(nameCell(which.phoneIndex, at), textOf(row, 'name_sealed')),
    mask: textOf(row, 'mask'),
    state: wordOf(row, 'state', states),
  }
}

export function commitDirectoryState(books: SealedBooks, phone: string, state: DirectoryEntry['state']): boolean {
  const index = books.vault.blindIndexOf(phone)
  const there = books.db.run('update directory set state = ? where phone_index = ?', state, index)
  return books.db.run('update phones set state = ? where phone_index = ?', state, index) + there > 0
}

function nameCell(phoneIndex: string, bank: string): { table: string; column: string; row: string } {
  return { table: 'directory', column: 'name_sealed', row: `${phoneIndex} ${bank}` }
}
