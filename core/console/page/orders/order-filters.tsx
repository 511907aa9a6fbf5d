import { getRouteApi } from '@tanstack/react-router'
import { ChoiceFilter, DayFilter, Filters, TextFilter } from '../filters/filters.tsx'
import { stateWords } from '../words/state-words.ts'
import { useWords } from '../words/use-words.ts'
import { isFiltered } from './order-search.ts'
import { orderWords } from './order-words.ts'

const route = getRouteApi('/t/$tenant/orders')

const states = [
  'undecided' as const,
  ...(['created', 'awaiting_confirmation', 'confirmed', 'processing', 'requires_action'] as const),
  ...(['succeeded', 'failed', 'cancelled', 'expired', 'conflicted'] as const),
]

export function OrderFilters() {
  const words = useWords(orderWords)
  const names = useWords(stateWords)
  return (
    <Filters filtered={isFiltered(route.useSearch())}>
      <TextFilter
        name="number"
        label={words.search}
        placeholder={words.searchHelp}
        read={(typed) => typed.trim().toUpperCase()}
      />
      <ChoiceFilter
        name="state"
        label={words.state}
        choices={states.map((value) => ({ value, label: names[value] }))}
      />
      <DayFilter name="from" label={words.from} />
      <DayFilter name="until" label={words.until} />
    </Filters>
  )
}
