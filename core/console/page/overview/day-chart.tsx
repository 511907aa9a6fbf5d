import { useState } from 'react'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { Amount, formatMoney } from '../parts/amount.tsx'
import { useLocale } from '../session/use-tenant.ts'
import { PlainTable } from '../tables/plain-table.tsx'
import { useWords } from '../words/use-words.ts'
import type { Day } from './days.ts'
import { overviewWords } from './overview-words.ts'

/** What came in day by day: bars to look at, and the same as a table to read. */
export function DayChart({ days }: { readonly days: readonly Day[] }) {
  const words = useWords(overviewWords)
  const [asTable, setAsTable] = useState(false)
  const label = asTable ? words.asChart : words.asTable
  return (
    <section className="panel" aria-label={words.perDay}>
      <div className="panel-head">
        <h2>{words.perDay}</h2>
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setAsTable(!asTable)}>
            {asTable ? <IconChartBar size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </div>
      {asTable ? <DayTable days={days} /> : <Bars days={days} />}
    </section>
  )
}

function Bars({ days }: { readonly days: readonly Day[] }) {
  const locale = useLocale()
  const highest = days.reduce(
    (most, { captured }) => (BigInt(captured.value) > most ? BigInt(captured.value) : most),
    1n,
  )
  const heightOf = (value: string): number => Number((BigInt(value) * 1000n) / highest) / 10
  const dayOf = (day: string): string =>
    new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(new Date(day))
  return (
    <ol className="bars">
      {days.map(({ day, captured, payments }) => (
        <Tooltip key={day} label={`${dayOf(day)} · ${formatMoney(captured, locale)} · ${payments}`} openDelay={80}>
          <li aria-label={`${day}: ${formatMoney(captured, locale)}`}>
            <span className="bar-track" aria-hidden>
              <span className="bar" style={{ height: `${heightOf(captured.value)}%` }} />
            </span>
            <span className="bar-day" aria-hidden>
              {dayOf(day)}
            </span>
          </li>
        </Tooltip>
      ))}
    </ol>
  )
}

function DayTable({ days }: { readonly days: readonly Day[] }) {
  const words = useWords(overviewWords)
  return (
    <PlainTable heads={[words.day, { right: words.count }, { right: words.collected }]}>
      {days.toReversed().map(({ day, payments, captured }) => (
        <tr key={day}>
          <td>{day}</td>
          <td className="right amount">{payments}</td>
          <td className="right">
            <Amount amount={captured} />
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
