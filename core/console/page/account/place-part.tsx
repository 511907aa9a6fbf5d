import { Select } from '@mantine/core'
import { act } from '../session/auth.ts'
import { roleWords } from '../shell/role-words.ts'
import { useWords } from '../words/use-words.ts'
import { accountWords } from './account-words.ts'

interface Props {
  readonly active: string
  readonly places: readonly { readonly place: string; readonly role: string }[]
}

/** Everything on the pages depends on it: they begin anew. */
export function PlacePart({ active, places }: Props) {
  const words = useWords(accountWords)
  const roles = useWords(roleWords)
  const nameOf = (role: string): string => roles[role.split(':')[0] as keyof typeof roles] ?? role
  const change = (place: string | null): void => {
    if (place !== null && place !== active) act('place', { place }).then(() => location.assign('/console/'))
  }
  return (
    <Select
      label={words.places}
      description={words.placesHelp}
      value={active}
      onChange={change}
      allowDeselect={false}
      data={places.map(({ place, role }) => ({
        value: place,
        label: `${place === '*' ? words.platform : place} · ${nameOf(role)}`,
      }))}
    />
  )
}
