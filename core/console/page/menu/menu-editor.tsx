import { Button, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLayoutNavbar, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ProblemList } from '../form/problem-list.tsx'
import { Empty } from '../parts/empty.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { dropMenu } from '../simulator/drafts.ts'
import { count, fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { KeyFields } from './key-fields.tsx'
import { menuWords } from './menu-words.ts'
import { keysAtMost, tidyMenu, type Key, type Menu } from './menu.ts'
import { Published } from './published.tsx'
import { TryMenu } from './try-menu.tsx'
import { useActions } from './use-actions.ts'

interface Props {
  readonly tenant: string
  readonly bot: string
  readonly menu: Menu
}

export function MenuEditor({ tenant, bot, menu: { menu, version, publications } }: Props) {
  const words = useWords(menuWords)
  const may = useMay()('menu.write')
  const [keys, change] = useState<readonly Key[]>(menu)
  const save = useSave({ tenant, bot, version })
  const problems = save.data?.problems ?? []
  return (
    <div className="two-columns">
      <section className="panel" aria-label={words.title}>
        <Stack gap="lg">
          {keys.length === 0 && <Empty icon={IconLayoutNavbar} title={words.none} text={words.noneText} />}
          <Keys {...{ tenant, bot, keys, change }} disabled={!may} />
          {problems.length > 0 && (
            <ProblemList title={count(problems.length, words.problemOne, words.problems)} problems={problems} />
          )}
          {save.error && <Problem error={save.error} />}
          {may && (
            <Tools
              {...{ tenant, bot, keys, change }}
              isPending={save.isPending}
              go={() => save.mutate(tidyMenu(keys))}
            />
          )}
        </Stack>
      </section>
      <Published {...{ tenant, bot, keys, publications }} />
    </div>
  )
}

interface Version {
  readonly tenant: string
  readonly bot: string
  readonly version: string
}

function useSave({ tenant, bot, version }: Version) {
  const words = useWords(menuWords)
  return useDo({
    act: (client, menu: Key[]) => client.menus.put.mutate({ tenant, bot, menu, version }),
    touches: ['menus', 'definition'],
    done: ({ problems }) => {
      if (problems.length > 0) return
      dropMenu(tenant, bot)
      notifications.show({ message: words.published, color: 'green' })
    },
  })
}

interface KeysProps {
  readonly tenant: string
  readonly bot: string
  readonly keys: readonly Key[]
  readonly disabled: boolean
  readonly change: (keys: readonly Key[]) => void
}

function Keys({ tenant, bot, keys, disabled, change }: KeysProps) {
  const words = useWords(menuWords)
  const actions = useActions(tenant, bot)
  return keys.map((key, index) => (
    <KeyFields
      key={index}
      title={fillIn(words.key, { n: index + 1 })}
      of={key}
      actions={actions}
      disabled={disabled}
      change={(next) => change(keys.toSpliced(index, 1, ...(next ? [next] : [])))}
      {...(index === 0 ? {} : { up: () => change(keys.toSpliced(index - 1, 2, key, ...keys.slice(index - 1, index))) })}
    />
  ))
}

interface ToolsProps extends Omit<KeysProps, 'disabled'> {
  readonly isPending: boolean
  readonly go: () => void
}

function Tools({ tenant, bot, keys, change, isPending, go }: ToolsProps) {
  const words = useWords(menuWords)
  return (
    <Group justify="space-between">
      <Button
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        disabled={keys.length >= keysAtMost}
        onClick={() => change([...keys, { label: {}, word: 'help' }])}
      >
        {words.addKey}
      </Button>
      <Group>
        <TryMenu {...{ tenant, bot, keys }} />
        <Button loading={isPending} onClick={go}>
          {words.publish}
        </Button>
      </Group>
    </Group>
  )
}
