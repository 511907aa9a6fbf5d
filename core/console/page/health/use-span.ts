import { useLocale } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { healthWords } from './health-words.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A length of time in its largest unit, as the language has it: `3 minutes`; and how long ago something was. */
export function useSpan() {
  const words = useWords(healthWords)
  const locale = useLocale()
  const span = (durationMs: number): string => {
    const [unit, size] = units.find(([, each]) => durationMs >= each) ?? (['second', 1000] as const)
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
    return format.format(Math.floor(durationMs / size))
  }
  const ago = (durationMs: number): string =>
    durationMs < 1000 ? words.justNow : fillIn(words.ago, { span: span(durationMs) })
  return { span, ago }
}
