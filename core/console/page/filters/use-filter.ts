import { useNavigate, useSearch } from '@tanstack/react-router'

type Search = Readonly<Record<string, unknown>>

/** A filter of the page that is open, as it stands in the address; choosing nothing takes it away. */
export function useFilter(name: string): readonly [string, (value: string | null) => void] {
  const navigate = useNavigate()
  const value = (useSearch({ strict: false }) as Search)[name]
  const choose = (chosen: string | null): void => {
    const search = ({ [name]: _, ...rest }: Search): Search => (chosen ? { ...rest, [name]: chosen } : rest)
    void navigate({ to: '.', replace: true, search: search as never })
  }
  return [value === undefined ? '' : String(value), choose]
}
