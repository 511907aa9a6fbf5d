import { useLocale, useTenantSettings } from '../session/use-tenant.ts'

interface Props {
  /** Microseconds since 1970. */
  readonly at: number | null
  readonly seconds?: boolean
}

/** A moment in the tenant's time zone. */
export function When({ at, seconds = false }: Props) {
  const { timeZone } = useTenantSettings()
  const locale = useLocale()
  if (at === null) return <span className="faint">—</span>
  const date = new Date(at / 1000)
  const full = formatDate(date, { locale, timeZone, seconds: true })
  return (
    <time dateTime={date.toISOString()} title={`${full} ${timeZone}`} className="when">
      {formatDate(date, { locale, timeZone, seconds })}
    </time>
  )
}

interface Format {
  readonly locale: string
  readonly timeZone: string
  readonly seconds: boolean
}

export function formatDate(date: Date, { locale, timeZone, seconds }: Format): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(date)
}
