import type { Database } from '../database/open-database.ts'
import type { Vault } from '../database/vault.ts'

export interface Phone {
  /** E.164 with the plus sign. */
  readonly phone: string
  /** Whether 5G messages reach it; otherwise only SMS does. */
  readonly fiveG: boolean
  readonly on: boolean
}

export interface PhoneStore {
  /** A number nobody set up is an ordinary 5G phone that is switched on. */
  readonly get: (phone: string) => Phone
  readonly put: (phone: Phone) => void
  readonly list: () => Phone[]
}

type PhoneRow = { phone_index: string; sealed_phone: string; five_g: number; is_on: number }

export function createPhoneStore(db: Database, vault: Vault): PhoneStore {
  const place = (row: string) => ({ table: 'phone', column: 'sealed_phone', row })
  const read = (row: PhoneRow): Phone => ({
    phone: vault.open(place(row.phone_index), row.sealed_phone),
    fiveG: row.five_g === 1,
    on: row.is_on === 1,
  })
  return {
    get: (phone) => {
      const row = db.find<PhoneRow>('select * from phone where phone_index = ?', vault.index(phone))
      return row ? read(row) : { phone, fiveG: true, on: true }
    },
    put: ({ phone, fiveG, on }) => {
      const index = vault.index(phone)
      db.run(
        `insert into phone values (?, ?, ?, ?, (select coalesce(max(position), 0) + 1 from phone))
         on conflict (phone_index) do update set five_g = excluded.five_g, is_on = excluded.is_on`,
        index,
        vault.seal(place(index), phone),
        fiveG ? 1 : 0,
        on ? 1 : 0,
      )
    },
    list: () => db.list<PhoneRow>('select * from phone order by position limit 200').map(read),
  }
}

const seededPhones = ['1', '2', '3', '4', '5', '6'].map((digit) => `+861380000000${digit}`)

/** The numbers every sandbox starts with. Does nothing when there are phones already. */
export function seedPhones(phones: PhoneStore): void {
  if (phones.list().length > 0) return
  for (const phone of seededPhones) phones.put({ phone, fiveG: true, on: true })
}
