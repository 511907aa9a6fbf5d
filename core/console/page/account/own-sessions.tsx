import { Badge, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { formatDate } from '../parts/when.tsx'
import { act } from '../session/auth.ts'
import { useLocale } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { accountWords } from './account-words.ts'
import { nameBrowser } from './name-browser.ts'
import { PartHead } from './part-head.tsx'

interface OwnSession {
  readonly id: string
  readonly own: boolean
  readonly begunAt: string
  readonly seenAt: string
  readonly from: string
  readonly browser: string
}

const key = ['auth', 'sessions']

/** Where somebody is signed in, and the way to end what is not theirs. */
export function OwnSessions() {
  const words = useWords(accountWords)
  const ask = (): Promise<{ readonly sessions: readonly OwnSession[] }> => act('sessions')
  const { data } = useQuery({ queryKey: key, queryFn: ask })
  const ending = useEnding()
  if (!data) return <Loader type="dots" />
  const others = data.sessions.some(({ own }) => !own)
  return (
    <PartHead title={words.sessions} action={others ? words.endOthers : undefined} go={() => ending.mutate(undefined)}>
      <Stack gap="xs">
        {data.sessions.map((session) => (
          <SessionLine key={session.id} session={session} end={() => ending.mutate(session.id)} />
        ))}
      </Stack>
    </PartHead>
  )
}

/** Ends the session of this id, or all others. */
function useEnding() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string | undefined) => act('end-sessions', id === undefined ? {} : { id }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}

function SessionLine({ session, end }: { readonly session: OwnSession; readonly end: () => void }) {
  const words = useWords(accountWords)
  const locale = useLocale()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const show = (text: string): string => formatDate(new Date(text), { locale, timeZone, seconds: false })
  const browser = nameBrowser(session.browser) ?? words.unknown
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm">
          {browser} · {session.from}
        </Text>
        <Text size="xs" c="dimmed">
          {fillIn(words.since, { begun: show(session.begunAt), seen: show(session.seenAt) })}
        </Text>
      </div>
      {session.own ? (
        <Badge variant="default">{words.here}</Badge>
      ) : (
        <Button variant="default" size="xs" onClick={end} aria-label={`${words.end} ${browser}`}>
          {words.end}
        </Button>
      )}
    </Group>
  )
}
