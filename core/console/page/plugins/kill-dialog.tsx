import { Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Choice } from '../form/choice.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { actionWords } from './plugin-words.ts'
import type { ActionProps } from './use-package.ts'

const levels = ['runs', 'questions', 'money', 'code'] as const
type Level = (typeof levels)[number]

interface Chosen {
  readonly level: Level
  readonly everywhere: boolean
  readonly reason: string
}

/** How far, where and why; then the name has to be typed. */
export function KillDialog({ installation: { plugin }, title, close }: ActionProps & { readonly close: () => void }) {
  const words = useWords(actionWords)
  const [chosen, choose] = useState<Chosen>({ level: 'runs', everywhere: false, reason: '' })
  const kill = useKill(plugin)
  const done = (): void => {
    close()
    notifications.show({ title: words.killed, message: words.killedText, color: 'red' })
  }
  return (
    <Confirm
      title={fillIn(words.killTitle, { plugin: title })}
      text={words.killText}
      action={words.kill}
      grave
      typed={plugin}
      ready={chosen.reason.trim() !== ''}
      doing={kill}
      go={() => kill.mutate(chosen, { onSuccess: done })}
      close={close}
    >
      <Choices chosen={chosen} choose={choose} />
    </Confirm>
  )
}

function useKill(plugin: string) {
  const tenant = useTenantId()
  return useDo({
    act: (client, { level, everywhere, reason }: Chosen) =>
      client.plugins.kill.mutate({ level, plugin, reason: reason.trim(), ...(everywhere ? {} : { tenant }) }),
    touches: ['kills', 'installations'],
  })
}

interface ChoicesProps {
  readonly chosen: Chosen
  readonly choose: (chosen: Chosen) => void
}

function Choices({ chosen, choose }: ChoicesProps) {
  const words = useWords(actionWords)
  return (
    <Stack gap="sm">
      <Choice
        label={words.killLevel}
        choices={levels.map((value) => ({ value, label: words[value] }))}
        value={chosen.level}
        choose={(level) => choose({ ...chosen, level })}
      />
      <Choice
        label={words.killScope}
        choices={[
          { value: 'here', label: words.killHere },
          { value: 'all', label: words.killEverywhere },
        ]}
        value={chosen.everywhere ? 'all' : 'here'}
        choose={(where) => choose({ ...chosen, everywhere: where === 'all' })}
      />
      <TextInput
        label={words.killReason}
        description={words.killReasonHelp}
        maxLength={500}
        required
        value={chosen.reason}
        onChange={(event) => choose({ ...chosen, reason: event.currentTarget.value })}
      />
    </Stack>
  )
}
