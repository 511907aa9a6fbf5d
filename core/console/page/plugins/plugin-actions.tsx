import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconPlayerPause, IconPlayerPlay, IconPower, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { KillDialog } from './kill-dialog.tsx'
import { actionWords } from './plugin-words.ts'
import { UninstallDialog, type Remains } from './uninstall-dialog.tsx'
import { bankOf, type ActionProps, type Installation } from './use-package.ts'

type Asked = 'pause' | 'kill' | 'uninstall'

interface Props extends ActionProps {
  /** Called once it is uninstalled. */
  readonly gone: (remains: Remains) => void
}

/** What can be done with it as a whole; what a role may not do is not there. */
export function PluginActions({ installation, title, gone }: Props) {
  const words = useWords(actionWords)
  const may = useMay()
  const [asked, setAsked] = useState<Asked>()
  const { state, bot } = installation
  const mayWrite = may('installation.write')
  const mayUninstall = mayWrite && bankOf(bot) === undefined
  const close = (): void => setAsked(undefined)
  if (!mayWrite && !may('kill.throw')) return null
  return (
    <>
      {mayWrite && (state === 'paused' || state === 'draining') && <Resume installation={installation} />}
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden />}>
            {words.actions}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && state === 'active' && (
            <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => setAsked('pause')}>
              {words.pause}
            </Menu.Item>
          )}
          {may('kill.throw') && (
            <Menu.Item leftSection={<IconPower size={16} aria-hidden />} onClick={() => setAsked('kill')}>
              {words.kill}
            </Menu.Item>
          )}
          {mayUninstall && (
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsked('uninstall')}>
              {words.uninstall}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'pause' && <PauseDialog installation={installation} title={title} close={close} />}
      {asked === 'kill' && <KillDialog installation={installation} title={title} close={close} />}
      {asked === 'uninstall' && <UninstallDialog {...{ installation, title, close, gone }} />}
    </>
  )
}

function useMove(how: 'pause' | 'resume', { bot, plugin }: Installation, done: () => void) {
  const tenant = useTenantId()
  return useDo({
    act: (client, _: undefined) => client.installations[how].mutate({ tenant, bot, plugin }),
    touches: ['installations'],
    done,
  })
}

function Resume({ installation }: Pick<ActionProps, 'installation'>) {
  const words = useWords(actionWords)
  const done = (): void => void notifications.show({ message: words.resumed, color: 'green' })
  const resume = useMove('resume', installation, done)
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={resume.isPending}
        onClick={() => resume.mutate(undefined)}
      >
        {words.resume}
      </Button>
      {resume.error && <Problem error={resume.error} />}
    </>
  )
}

function PauseDialog({ installation, title, close }: ActionProps & { readonly close: () => void }) {
  const words = useWords(actionWords)
  const done = (): void => {
    close()
    notifications.show({ message: words.paused, color: 'yellow' })
  }
  const pause = useMove('pause', installation, done)
  return (
    <Confirm
      title={fillIn(words.pauseTitle, { plugin: title })}
      text={words.pauseText}
      action={words.pause}
      doing={pause}
      go={() => pause.mutate(undefined)}
      close={close}
    />
  )
}
