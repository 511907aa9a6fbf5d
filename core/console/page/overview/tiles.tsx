import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { formatMoney, type Money } from '../parts/amount.tsx'
import { useLocale, useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { compare, sum, type Day } from './days.ts'
import { overviewWords } from './overview-words.ts'

interface Figure {
  readonly title: string
  readonly now: string
  readonly before: string
  readonly change: number | undefined
}

/** What fourteen days came to: four figures, each beside the one before. */
export function Tiles({ days }: { readonly days: readonly Day[] }) {
  return (
    <dl className="tiles">
      {useFigures(days).map((figure) => (
        <Tile key={figure.title} {...figure} />
      ))}
    </dl>
  )
}

function Tile({ title, now, before, change }: Figure) {
  return (
    <div className="tile">
      <dt>{title}</dt>
      <dd>
        <span className="tile-now">{now}</span>
        <span className="tile-before">
          {before} {change !== undefined && <Change percent={change} />}
        </span>
      </dd>
    </div>
  )
}

function Change({ percent }: { readonly percent: number }) {
  const locale = useLocale()
  const Arrow = percent < 0 ? IconArrowDownRight : IconArrowUpRight
  return (
    <span className="change">
      <Arrow size={13} aria-hidden />
      {new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(percent)}%
    </span>
  )
}

function useFigures(days: readonly Day[]): readonly Figure[] {
  const words = useWords(overviewWords)
  const locale = useLocale()
  const { currency } = useTenantSettings()
  const [before, last] = [days.slice(0, 7), days.slice(7)]
  const figure = (title: string, than: string, [now, earlier]: readonly [Money, Money]): Figure => ({
    ...{ title, now: formatMoney(now, locale), before: `${than} ${formatMoney(earlier, locale)}` },
    change: compare(BigInt(now.value), BigInt(earlier.value)),
  })
  const both = (pick: (day: Day) => Money): readonly [Money, Money] => [
    sum(last.map(pick), currency),
    sum(before.map(pick), currency),
  ]
  const oneDay = (index: number): Money => days.at(index)?.captured ?? { value: '0', currency }
  return [
    figure(words.today, words.yesterday, [oneDay(-1), oneDay(-2)]),
    figure(
      words.last7,
      words.before,
      both(({ captured }) => captured),
    ),
    countPayments(words, last, before),
    figure(
      words.refunded,
      words.before,
      both(({ refunded }) => refunded),
    ),
  ]
}

function countPayments(words: (typeof overviewWords)['zh'], last: readonly Day[], before: readonly Day[]): Figure {
  const count = (days: readonly Day[]): number => days.reduce((total, { payments }) => total + payments, 0)
  const [now, earlier] = [count(last), count(before)]
  const change = compare(BigInt(now), BigInt(earlier))
  return { title: words.payments, now: String(now), before: `${words.before} ${earlier}`, change }
}
