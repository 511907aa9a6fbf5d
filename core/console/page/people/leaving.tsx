import { Checkbox, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { useAsk, useDo } from '../session/use-ask.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { peopleWords } from './people-words.ts'

interface Props {
  readonly place: string
  readonly member: { readonly id: string; readonly name: string }
  readonly close: () => void
}

/** Removes somebody, after saying what ends with them: whoever works with a key of theirs hears it before. */
export function Leaving({ place, member, close }: Props) {
  const words = useWords(peopleWords)
  const [kept, setKept] = useState<readonly string[]>([])
  const { data, error, refetch } = useAsk({
    // Not one of the lists of people: whoever has just left is not asked about again.
    key: ['leaving', place, member.id],
    ask: (client) => client.people.leaving.query({ tenant: place, person: member.id }),
  })
  const removing = useDo({
    act: (client, keep: readonly string[]) =>
      client.people.remove.mutate({ tenant: place, person: member.id, keep: [...keep] }),
    touches: ['people'],
    done: ({ ended }) => {
      if (ended.length > 0)
        notifications.show({ title: words.keysEnded, message: ended.join(', '), color: 'yellow', autoClose: 15_000 })
    },
  })
  return (
    <Confirm
      title={words.removeTitle}
      text={fillIn(words.removeText, { name: member.name })}
      action={words.remove}
      grave
      ready={data !== undefined}
      doing={removing}
      go={() => removing.mutate(kept, { onSuccess: close })}
      close={close}
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={40} />}
      {data && data.keys.length > 0 && <Keys keys={data.keys} kept={kept} keep={setKept} />}
    </Confirm>
  )
}

interface KeysProps {
  readonly keys: readonly { readonly name: string; readonly role: string; readonly usedAt: number | null }[]
  readonly kept: readonly string[]
  readonly keep: (names: readonly string[]) => void
}

function Keys({ keys, kept, keep }: KeysProps) {
  const words = useWords(peopleWords)
  return (
    <Stack gap="xs" role="group" aria-label={words.keysEnd}>
      <Text size="sm">{words.keysEnd}</Text>
      {keys.map(({ name, role, usedAt }) => (
        <Checkbox
          key={name}
          label={`${name} · ${role}`}
          description={usedAt === null ? words.keyUnused : words.keyUsed}
          checked={kept.includes(name)}
          onChange={({ currentTarget: { checked } }) =>
            keep(checked ? [...kept, name] : kept.filter((each) => each !== name))
          }
        />
      ))}
      <Text size="xs" c="dimmed">
        {words.keepText}
      </Text>
    </Stack>
  )
}
