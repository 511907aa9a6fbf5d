import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { filterWords } from './filter-words.ts'
import { useFilter } from './use-filter.ts'

interface BarProps {
  readonly filtered: boolean
  readonly children: ReactNode
}

/** Filters live in the address: a list can be sent to somebody, and the way back is the browser's. */
export function Filters({ filtered, children }: BarProps) {
  const words = useWords(filterWords)
  const navigate = useNavigate()
  return (
    <search className="filters">
      {children}
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} aria-hidden />}
          onClick={() => void navigate({ to: '.', search: {} as never })}
        >
          {words.clear}
        </Button>
      )}
    </search>
  )
}

interface TextProps {
  readonly name: string
  readonly label: string
  readonly placeholder?: string
  /** What is made of the letters that were typed. */
  readonly read?: (typed: string) => string
}

export function TextFilter({ name, label, placeholder, read = (typed) => typed.trim() }: TextProps) {
  const [value, choose] = useFilter(name)
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const send = (): void => (read(typed) === value ? undefined : choose(read(typed)))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput
        label={label}
        placeholder={placeholder ?? ''}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
      />
    </form>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

export function ChoiceFilter({ name, label, choices }: ChoiceProps) {
  const [value, choose] = useFilter(name)
  return (
    <Select
      label={label}
      data={[...choices]}
      value={value === '' ? null : value}
      onChange={choose}
      clearable
      placeholder="—"
    />
  )
}

export function DayFilter({ name, label }: { readonly name: string; readonly label: string }) {
  const [day, choose] = useFilter(name)
  return <TextInput type="date" label={label} value={day} onChange={(event) => choose(event.currentTarget.value)} />
}
