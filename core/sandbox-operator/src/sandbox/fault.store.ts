import type { Database } from '../database/open-database.ts'

export const operations = ['send', 'token', 'revoke', 'menu', 'callback'] as const
export type Operation = (typeof operations)[number]

export const requestFaults = [
  'timeout-before',
  'timeout-after',
  '500-before',
  '500-after',
  'slow',
  'malformed',
] as const
export const answerFaults = ['code', 'token-expired'] as const
export const callbackFaults = ['duplicate-callback', 'reorder-callbacks', 'drop-callback'] as const
export type FaultKind = (typeof requestFaults)[number] | (typeof answerFaults)[number] | (typeof callbackFaults)[number]

export interface Fault {
  readonly id: number
  readonly operation: Operation
  readonly kind: FaultKind
  readonly remaining: number
  readonly errorCode?: number
  readonly delayMs?: number
}

export interface FaultStore {
  readonly add: (fault: Omit<Fault, 'id'>) => Fault
  readonly list: () => Fault[]
  readonly clear: () => void
  /** Uses up one of the first matching fault; `remaining` of the answer is what is left. */
  readonly take: (operation: Operation, wanted: (kind: FaultKind) => boolean) => Fault | undefined
}

type FaultRow = {
  id: number
  operation: Operation
  kind: FaultKind
  remaining: number
  error_code: number | null
  delay_ms: number | null
}

export function createFaultStore(db: Database): FaultStore {
  const list = (): Fault[] => db.list<FaultRow>('select * from fault where remaining > 0 order by id').map(read)
  return {
    add: ({ operation, kind, remaining, errorCode, delayMs }) => {
      const sql = 'insert into fault (operation, kind, remaining, error_code, delay_ms) values (?, ?, ?, ?, ?)'
      db.run(sql, operation, kind, remaining, errorCode ?? null, delayMs ?? null)
      const id = db.find<{ id: number }>('select last_insert_rowid() as id')?.id ?? 0
      return { id, operation, kind, remaining, ...pickPresent(errorCode, delayMs) }
    },
    list,
    clear: () => {
      db.run('update fault set remaining = 0')
    },
    take: (operation, wanted) => {
      const fault = list().find((each) => each.operation === operation && wanted(each.kind))
      if (!fault) return undefined
      db.run('update fault set remaining = remaining - 1 where id = ?', fault.id)
      return { ...fault, remaining: fault.remaining - 1 }
    },
  }
}

function read(row: FaultRow): Fault {
  const { id, operation, kind, remaining } = row
  return { id, operation, kind, remaining, ...pickPresent(row.error_code, row.delay_ms) }
}

function pickPresent(errorCode?: number | null, delayMs?: number | null): Pick<Fault, 'errorCode' | 'delayMs'> {
  return { ...(errorCode == null ? {} : { errorCode }), ...(delayMs == null ? {} : { delayMs }) }
}
