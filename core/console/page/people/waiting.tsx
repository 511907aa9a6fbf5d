import { Button, Group, Stack, Text } from '@mantine/core'
import { Problem } from '../parts/problem.tsx'
import { formatDate } from '../parts/when.tsx'
import { useAsk, useDo } from '../session/use-ask.ts'
import { useLocale } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { peopleWords } from './people-words.ts'

/** Links that nobody has used; what they are is told to nobody any more. */
export function Waiting({ place }: { readonly place: string }) {
  const words = useWords(peopleWords)
  const locale = useLocale()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { data = [] } = useAsk({
    key: ['people', place, 'invitations'],
    ask: (client) => client.people.invitations.query({ tenant: place }),
  })
  const withdrawing = useDo({
    act: (client, id: string) => client.people.withdraw.mutate({ tenant: place, id }),
    touches: ['people'],
  })
  if (data.length === 0) return null
  const endOf = (text: string): string => formatDate(new Date(text), { locale, timeZone, seconds: false })
  return (
    <section>
      <Text component="h3" fw={600} mb="xs">
        {words.waiting}
      </Text>
      {withdrawing.error && <Problem error={withdrawing.error} />}
      <Stack gap="xs">
        {data.map(({ id, email, expired, expiresAt }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm">{email}</Text>
              <Text size="xs" c="dimmed">
                {expired ? words.expired : fillIn(words.until, { end: endOf(expiresAt) })}
              </Text>
            </div>
            <Button
              variant="default"
              size="xs"
              onClick={() => withdrawing.mutate(id)}
              aria-label={`${words.withdraw}: ${email}`}
            >
              {words.withdraw}
            </Button>
          </Group>
        ))}
      </Stack>
    </section>
  )
}
