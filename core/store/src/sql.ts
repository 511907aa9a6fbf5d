/** For `.store.ts` files: typed statements and the few things that the two databases say differently. */
export { sql, type Kysely, type SelectQueryBuilder } from 'kysely'
export { sqlOf } from './database/store.ts'
export { openLibraryQueries } from './database/library-queries.ts'
export type { SealedColumns } from './database/sealed-columns.ts'
export { behind, type ListOrder } from './sql/behind.ts'
export { addAll, dbNow, dbNowPlus, forUpdate, insertAll, insertNew, mergeAll, plus } from './sql/statements.ts'
