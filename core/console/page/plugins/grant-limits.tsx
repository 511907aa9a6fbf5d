import { Text, TextInput } from '@mantine/core'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { reachWords } from './plugin-words.ts'

/** Amounts as they are typed, like `500.00`; what is left out has no limit on this side. */
export interface Limits {
  readonly perCall?: string
  readonly perUserDay?: string
  readonly perDay?: string
}

interface Props {
  readonly limits: Limits
  readonly change: (limits: Limits) => void
}

export function GrantLimits({ limits, change }: Props) {
  const words = useWords(reachWords)
  const { currency } = useTenantSettings()
  return (
    <div className="grant-limits">
      {(['perCall', 'perUserDay', 'perDay'] as const).map((name) => (
        <TextInput
          key={name}
          label={words[name]}
          placeholder={words.unlimited}
          inputMode="decimal"
          value={limits[name] ?? ''}
          rightSection={<Text size="xs">{currency}</Text>}
          rightSectionWidth={48}
          onChange={(event) => change(withLimit(limits, name, event.currentTarget.value.trim()))}
        />
      ))}
    </div>
  )
}

function withLimit(limits: Limits, name: keyof Limits, value: string): Limits {
  const { [name]: _, ...rest } = limits
  return value === '' ? rest : { ...rest, [name]: value }
}
