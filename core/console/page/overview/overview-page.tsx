import { Skeleton } from '@mantine/core'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantId, useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { Attention } from './attention.tsx'
import { DayChart } from './day-chart.tsx'
import { fillDays, listDates } from './days.ts'
import { LatestOrders } from './latest-orders.tsx'
import { overviewWords } from './overview-words.ts'
import { Tiles } from './tiles.tsx'

/** How things stand: what came in, what waits for somebody, what happened last. */
export function OverviewPage() {
  const words = useWords(overviewWords)
  const may = useMay()
  const { timeZone } = useTenantSettings()
  return (
    <>
      <PageHead title={words.title} text={`${words.zone} ${timeZone}`} />
      {may('book.read') && <Money />}
      <div className="two-columns">
        {may('order.read') && <LatestOrders />}
        <Attention />
      </div>
    </>
  )
}

function Money() {
  const tenant = useTenantId()
  const { timeZone, currency } = useTenantSettings()
  const dates = listDates(14, timeZone, new Date())
  const range = { from: dates[0] ?? '', until: dates.at(-1) ?? '' }
  const { data, error, refetch } = useAsk({
    key: ['book', tenant, 'days', range],
    ask: (client) => client.books.days.query({ tenant, ...range }),
    everyMs: 30_000,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton height={380} mb="lg" />
  const days = fillDays(dates, data, currency)
  return (
    <>
      <Tiles days={days} />
      <DayChart days={days} />
    </>
  )
}
