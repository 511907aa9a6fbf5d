import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { stateWords } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'
import { isFiltered, type OrderSearch } from './order-search.ts'
import { orderWords } from './order-words.ts'

const route = getRouteApi('/t/$tenant/orders')

const states = [
  ...(['created', 'awaiting_confirmation', 'confirmed', 'processing', 'requires_action'] as const),
  ...(['succeeded', 'failed', 'cancelled', 'expired', 'conflicted'] as const),
]

/** Filters live in the address: a list can be sent to somebody, and the way back is the browser's. */
export function OrderFilters() {
  const words = useWords(orderWords)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <search className="filters">
      <NumberFilter />
      <StateFilter />
      <DayFilter name="from" label={words.from} />
      <DayFilter name="until" label={words.until} />
      {isFiltered(search) && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} aria-hidden />}
          onClick={() => void navigate({ search: {} })}
        >
          {words.clear}
        </Button>
      )}
    </search>
  )
}

type Filter = Exclude<keyof OrderSearch, 'order'>

function useFilter(name: Filter): readonly [string, (value: string | null) => void] {
  const navigate = route.useNavigate()
  const value = route.useSearch()[name] ?? ''
  const choose = (chosen: string | null): void =>
    void navigate({
      replace: true,
      search: ({ [name]: _, ...rest }: OrderSearch) => (chosen ? { ...rest, [name]: chosen } : rest),
    })
  return [value, choose]
}

function NumberFilter() {
  const words = useWords(orderWords)
  const [number, choose] = useFilter('number')
  const [typed, setTyped] = useState(number)
  useEffect(() => setTyped(number), [number])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        choose(typed.trim().toUpperCase())
      }}
    >
      <TextInput
        label={words.search}
        placeholder={words.searchHelp}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => choose(typed.trim().toUpperCase())}
      />
    </form>
  )
}

function StateFilter() {
  const words = useWords(orderWords)
  const names = useWords(stateWords)
  const [state, choose] = useFilter('state')
  return (
    <Select
      label={words.state}
      data={states.map((value) => ({ value, label: names[value] }))}
      value={state === '' ? null : state}
      onChange={choose}
      clearable
      placeholder="—"
    />
  )
}

function DayFilter({ name, label }: { readonly name: 'from' | 'until'; readonly label: string }) {
  const [day, choose] = useFilter(name)
  return <TextInput type="date" label={label} value={day} onChange={(event) => choose(event.currentTarget.value)} />
}
