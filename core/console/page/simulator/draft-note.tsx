import { Alert, Button, Group, Switch } from '@mantine/core'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { countDrafts, forgetDrafts, readDrafts } from './drafts.ts'
import type { Draft } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'

interface Props {
  readonly tenant: string
  readonly bot: string
  readonly drafts: Draft
  readonly withDrafts: boolean
  readonly setWithDrafts: (use: boolean) => void
  readonly setDrafts: (drafts: Draft) => void
}

/** What is tried although nobody has published it; nothing where there is no draft in this tab. */
export function DraftNote({ tenant, bot, drafts, withDrafts, setWithDrafts, setDrafts }: Props) {
  const words = useWords(simulatorWords)
  const n = countDrafts(drafts)
  if (n === 0) return null
  const { config = [], texts = [], menu } = drafts
  const names = [
    ...config.map(({ plugin }) => plugin),
    ...texts.map(({ plugin, text, locale }) => `${plugin}/${text} (${locale})`),
    ...(menu ? [words.menu] : []),
  ]
  const drop = (): void => {
    forgetDrafts(tenant, bot)
    setDrafts(readDrafts(tenant, bot))
  }
  return (
    <Alert
      color="gray"
      mb="md"
      title={withDrafts ? count(n, words.draftsOne, words.drafts) : count(n, words.draftsOffOne, words.draftsOff)}
    >
      <p>{names.join(' · ')}</p>
      <Group mt="xs">
        <Switch
          size="xs"
          label={words.useDrafts}
          checked={withDrafts}
          onChange={(event) => setWithDrafts(event.currentTarget.checked)}
        />
        {texts.length + (menu ? 1 : 0) > 0 && (
          <Button size="compact-xs" variant="default" onClick={drop}>
            {words.dropDrafts}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
