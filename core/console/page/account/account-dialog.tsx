import { Divider, Loader, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '../parts/dialog.tsx'
import { act, type Standing } from '../session/auth.ts'
import { useWords } from '../words/use-words.ts'
import { accountWords } from './account-words.ts'
import { FactorPart } from './factor-part.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordPart } from './password-part.tsx'
import { PlacePart } from './place-part.tsx'

/** What somebody who is signed in may do about themselves. */
export function AccountDialog({ close }: { readonly close: () => void }) {
  const words = useWords(accountWords)
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['auth', 'me'], queryFn: () => act<Standing>('me') })
  const again = (): void => void queries.invalidateQueries({ queryKey: ['auth'] })
  return (
    <Dialog title={words.title} close={close} wide>
      {data?.state === 'in' ? (
        <Stack>
          <Text c="dimmed" size="sm">
            {data.name} · {data.email}
          </Text>
          {data.places.length > 1 && <PlacePart active={data.active} places={data.places} />}
          <FactorPart inForce={data.secondFactor} done={again} />
          <Divider />
          <PasswordPart done={again} />
          <Divider />
          <OwnSessions />
        </Stack>
      ) : (
        <Loader type="dots" />
      )}
    </Dialog>
  )
}
