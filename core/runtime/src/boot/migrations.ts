import { adminMigrations, lifecycleMigrations, ownWordsMigrations, peopleMigrations } from '@inthread/admin'
import { financeMigrations } from '@inthread/finance'
import { messagingMigrations } from '@inthread/messaging'
import { storeMigrations, type Migration } from '@inthread/store'

/** Every room's schema, in the order of their levels. */
export const migrations: readonly Migration[] = [
  ...storeMigrations,
  ...messagingMigrations,
  ...financeMigrations,
  ...adminMigrations,
  ...lifecycleMigrations,
  ...ownWordsMigrations,
  ...peopleMigrations,
]
