import { ActionIcon, Button, Fieldset, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { menuWords } from './menu-words.ts'
import { actionOf, entriesAtMost, withAction, type Entry, type Key } from './menu.ts'
import type { Actions } from './use-actions.ts'

interface Props {
  readonly title: string
  readonly of: Key
  readonly actions: Actions
  readonly disabled: boolean
  /** Within a submenu, where there is no further one. */
  readonly leaf?: boolean
  readonly change: (key: Key | undefined) => void
  readonly up?: () => void
}

/** A key or an entry: its name in both languages, and what a tap on it does. */
export function KeyFields(props: Props) {
  const { title, of, actions, disabled, leaf = false, change } = props
  const words = useWords(menuWords)
  const submenu = leaf ? [] : [{ value: 'entries', label: words.opens }]
  return (
    <Fieldset legend={<Legend {...props} />}>
      <Stack gap="sm">
        <Labels {...{ title, of, disabled, change }} />
        <Select
          label={words.does}
          aria-label={`${title}: ${words.does}`}
          allowDeselect={false}
          disabled={disabled}
          data={[...submenu, ...actions.map(({ group, items }) => ({ group, items: [...items] }))]}
          value={actionOf(of)}
          onChange={(action) => action !== null && change(withAction(of, action))}
        />
        {of.entries && <Entries {...{ actions, disabled, of, change, title }} entries={of.entries} />}
      </Stack>
    </Fieldset>
  )
}

function Legend({ title, disabled, change, up }: Props) {
  const words = useWords(menuWords)
  const looks = { variant: 'subtle', color: 'gray' } as const
  return (
    <Group gap={2}>
      {title}
      {up && (
        <ActionIcon {...looks} aria-label={`${words.up}: ${title}`} disabled={disabled} onClick={up}>
          <IconArrowUp size={15} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        {...looks}
        aria-label={`${words.remove}: ${title}`}
        disabled={disabled}
        onClick={() => change(undefined)}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

const languages = [
  ['zh-CN', 'zh'],
  ['en', 'en'],
] as const

function Labels({ title, of, disabled, change }: Pick<Props, 'title' | 'of' | 'disabled' | 'change'>) {
  const words = useWords(menuWords)
  return (
    <Group grow>
      {languages.map(([locale, word]) => (
        <TextInput
          key={locale}
          label={words[word]}
          aria-label={`${title}: ${words[word]}`}
          maxLength={25}
          disabled={disabled}
          value={of.label[locale] ?? ''}
          onChange={(event) => change({ ...of, label: { ...of.label, [locale]: event.currentTarget.value } })}
        />
      ))}
    </Group>
  )
}

interface EntriesProps extends Pick<Props, 'title' | 'of' | 'actions' | 'disabled' | 'change'> {
  readonly entries: readonly Entry[]
}

function Entries({ title, of, entries, actions, disabled, change }: EntriesProps) {
  const words = useWords(menuWords)
  const put = (next: readonly Entry[]): void => change({ ...of, entries: [...next] })
  return (
    <>
      {entries.map((entry, index) => (
        <KeyFields
          key={index}
          leaf
          title={`${title}, ${fillIn(words.entry, { n: index + 1 })}`}
          of={entry}
          {...{ actions, disabled }}
          change={(next) => put(entries.toSpliced(index, 1, ...(next ? [next] : [])))}
        />
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={disabled || entries.length >= entriesAtMost}
        onClick={() => put([...entries, { label: {}, word: 'help' }])}
      >
        {words.addEntry}
      </Button>
    </>
  )
}
