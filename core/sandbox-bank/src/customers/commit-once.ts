import { commitMeta, findMeta } from '../store/meta.store.ts'
import type { SealedBooks } from './customers.store.ts'

/** Once in the life of a data folder, all or nothing. */
export function commitOnce(books: SealedBooks, name: string, work: () => void): void {
  if (findMeta(books.db, name) !== undefined) return
  books.db.transaction(() => {
    work()
    commitMeta(books.db, name, '1')
  })
}
