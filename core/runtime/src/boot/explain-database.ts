import { isFault } from '@inthread/sdk/fault'

/** Why a database cannot be used, and what to do about it. */
export interface DatabaseTrouble {
  readonly detail: string
  readonly remedy: string
}

const noEntry: DatabaseTrouble = {
  detail: 'it does not let this user in',
  remedy: 'Correct user and password in DATABASE_URL.',
}

const known: Readonly<Record<string, DatabaseTrouble>> = {
  ECONNREFUSED: {
    detail: 'nothing listens at its host and port',
    remedy: 'Start the database server, or correct host and port in DATABASE_URL.',
  },
  ENOTFOUND: { detail: 'its host is not known', remedy: 'Correct the host in DATABASE_URL.' },
  ER_ACCESS_DENIED_ERROR: noEntry,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: noEntry,
  ER_DBACCESS_DENIED_ERROR: {
    detail: 'this user may not use this database',
    remedy: 'Give the user all rights on the database that DATABASE_URL names, or name another one.',
  },
  ER_BAD_DB_ERROR: {
    detail: 'the server has no database of this name',
    remedy: 'Create the database (character set utf8mb4), or correct its name in DATABASE_URL.',
  },
}

const unreachable: DatabaseTrouble = {
  detail: 'it cannot be reached',
  remedy: 'Check host, port, user, password and name in DATABASE_URL, and that the server is up.',
}

/** SQLite's primary results for a file that is none of its own, or no longer whole. */
const brokenFile: ReadonlySet<number> = new Set([11, 26])

/** undefined for what has nothing to do with the database as such. */
export function explainDatabase(error: unknown): DatabaseTrouble | undefined {
  const cause = isFault(error, 'store.unreachable') ? error.cause : error
  if (typeof cause === 'object' && cause !== null) {
    const trouble = 'code' in cause ? known[String(cause.code)] : undefined
    if (trouble) return trouble
    if ('errcode' in cause && brokenFile.has(Number(cause.errcode) & 0xff))
      return {
        detail: 'the file inthread.db in the data folder is not a database, or is damaged',
        remedy: 'Put a backup in its place, or choose another data folder with INTHREAD_HOME.',
      }
  }
  return isFault(error, 'store.unreachable') ? unreachable : undefined
}
