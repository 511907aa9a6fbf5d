import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../parts/problem.tsx'
import { useDo, useAsk } from '../session/use-ask.ts'
import { roleWords } from '../shell/role-words.ts'
import { useWords } from '../words/use-words.ts'
import { Leaving } from './leaving.tsx'
import { peopleWords } from './people-words.ts'

interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly secondFactor: boolean
}

interface Props {
  readonly place: string
  readonly tell: (link: string) => void
}

/** Who works here; each can get a link for a new password, or be removed. */
export function Members({ place, tell }: Props) {
  const words = useWords(peopleWords)
  const [leaving, setLeaving] = useState<Member>()
  const { data, error } = useAsk({
    key: ['people', place, 'members'],
    ask: (client) => client.people.list.query({ tenant: place }),
  })
  const renewing = useDo({
    act: (client, person: string) => client.people.renew.mutate({ tenant: place, person }),
    touches: ['people'],
  })
  const renew = (id: string): void => renewing.mutate(id, { onSuccess: ({ link }) => tell(link) })
  return (
    <section>
      <Text component="h3" fw={600} mb="xs">
        {words.members}
      </Text>
      {error && <Problem error={error} />}
      {renewing.error && <Problem error={renewing.error} />}
      {data?.length === 0 && <Text c="dimmed">{words.nobody}</Text>}
      <Stack gap="xs">
        {data?.map((member) => (
          <MemberLine
            key={member.id}
            member={member}
            renew={() => renew(member.id)}
            remove={() => setLeaving(member)}
          />
        ))}
      </Stack>
      {leaving && <Leaving place={place} member={leaving} close={() => setLeaving(undefined)} />}
    </section>
  )
}

interface LineProps {
  readonly member: Member
  readonly renew: () => void
  readonly remove: () => void
}

function MemberLine({ member, renew, remove }: LineProps) {
  const words = useWords(peopleWords)
  const roles = useWords(roleWords)
  const role = member.role.split(':')[0] ?? ''
  const named = roles[role as keyof typeof roles] ?? role
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm">
          {member.name} · {named}
        </Text>
        <Text size="xs" c="dimmed">
          {member.email}
          {!member.secondFactor && ` · ${words.noFactor}`}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" size="xs" onClick={renew} aria-label={`${words.renew}: ${member.name}`}>
          {words.renew}
        </Button>
        <Button variant="default" size="xs" onClick={remove} aria-label={`${words.remove}: ${member.name}`}>
          {words.remove}
        </Button>
      </Group>
    </Group>
  )
}
