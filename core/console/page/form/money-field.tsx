import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { placePoint } from '../parts/amount.tsx'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import type { FieldProps } from './field.ts'
import { formWords } from './form-words.ts'
import { countPlaces, readMinor } from './minor.ts'
import { asGroup } from './schema.ts'
import { useFieldLooks } from './use-field-looks.tsx'

const currencies: readonly string[] = ['CNY', 'USD', 'EUR', 'HKD', 'JPY']

/** An amount: minor units in the config, with their point where somebody types them. No number in between. */
export function MoneyField(props: FieldProps) {
  const { value, inherited, disabled, change } = props
  const words = useWords(formWords)
  const { currency: usual } = useTenantSettings()
  const { amount, currency = usual } = readMoney(value ?? inherited)
  const places = countPlaces(currency)
  const [typed, setTyped] = useState(value === undefined || amount === undefined ? '' : placePoint(amount, places))
  const { error, ...common } = useFieldLooks(props)
  const write = (text: string, of: string): void => {
    setTyped(text)
    const minor = readMinor(text, countPlaces(of))
    // What is no amount is kept as it was typed: the platform refuses it, and nothing is lost.
    change(text.trim() === '' ? undefined : minor === undefined ? text : writeMoney(minor, of))
  }
  const isWrong = typed !== '' && readMinor(typed, places) === undefined
  return (
    <div className="money-field">
      <TextInput
        {...common}
        error={isWrong ? words.badAmount : error}
        inputMode="decimal"
        value={typed}
        placeholder={amount === undefined ? '' : placePoint(amount, places)}
        onChange={(event) => write(event.currentTarget.value, currency)}
      />
      <Select
        label={words.currency}
        data={[...new Set([usual, ...currencies])]}
        value={currency}
        disabled={disabled}
        allowDeselect={false}
        onChange={(chosen) => write(typed, chosen ?? currency)}
      />
    </div>
  )
}

function readMoney(value: unknown): { readonly amount?: string; readonly currency?: string } {
  const { amountMinor, currency } = asGroup(value)
  const digits = asGroup(amountMinor)['$n']
  return {
    ...(typeof digits === 'string' && /^-?\d+$/.test(digits) ? { amount: digits } : {}),
    ...(typeof currency === 'string' ? { currency } : {}),
  }
}

/** As a manifest describes amounts. */
function writeMoney(minor: bigint, currency: string): unknown {
  return { amountMinor: { $n: String(minor) }, currency }
}
