import { useLocale } from '../session/use-tenant.ts'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A length of time in its largest unit, as the language has it: `3 minutes`. */
export function useSpan(): (durationMs: number) => string {
  const locale = useLocale()
  return (durationMs) => {
    const [unit, size] = units.find(([, each]) => durationMs >= each) ?? (['second', 1000] as const)
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
      Math.floor(durationMs / size),
    )
  }
}
