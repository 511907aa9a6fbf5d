import { Button, Group, Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { Package } from '../flows/flow.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { secretWords } from './secret-words.ts'
import { useSecrets, type SecretState } from './use-secrets.ts'

interface Props {
  readonly package: Package
  readonly bot: string
}

/** Which secrets there are, and since when; what they are is shown to nobody. */
export function Secrets({ package: { plugin, secrets }, bot }: Props) {
  const words = useWords(secretWords)
  const language = useLanguage()
  const { data, error, refetch } = useSecrets(bot, plugin)
  return (
    <section className="panel" aria-label={words.title}>
      <div className="panel-head">
        <h2>{words.title}</h2>
      </div>
      <p className="faint">{words.text}</p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={48} />}
      {data?.map((state) => {
        const purpose = secrets.find(({ secret }) => secret === state.secret)?.purpose
        return (
          <Line key={state.secret} {...{ state, bot, plugin }} purpose={purpose && pickWording(purpose, language)} />
        )
      })}
    </section>
  )
}

interface LineProps {
  readonly state: SecretState
  readonly bot: string
  readonly plugin: string
  readonly purpose: string | undefined
}

function Line({ state, bot, plugin, purpose }: LineProps) {
  const words = useWords(secretWords)
  const may = useMay()('tenant.write')
  const [asked, setAsked] = useState<'enter' | 'drop'>()
  const close = (): void => setAsked(undefined)
  const { secret, from, setAt } = state
  const enter = from === 'nowhere' ? words.enter : words.replace
  return (
    <div className="bank-line">
      <div>
        <strong className="mono">{secret}</strong> <span className="faint">{purpose}</span>
        <p className="step-line">
          <span className={from === 'nowhere' ? 'state' : 'state state-good'}>{words[from]}</span>
          {setAt !== null && (
            <span className="faint">
              {words.since} <When at={setAt} />
            </span>
          )}
        </p>
      </div>
      {may && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setAsked('enter')} aria-label={`${enter}: ${secret}`}>
            {enter}
          </Button>
          {from === 'entered' && (
            <Button
              size="xs"
              variant="default"
              onClick={() => setAsked('drop')}
              aria-label={`${words.drop}: ${secret}`}
            >
              {words.drop}
            </Button>
          )}
        </Group>
      )}
      {asked === 'enter' && <SecretDialog {...{ state, bot, plugin, close }} />}
      {asked === 'drop' && <DropDialog {...{ bot, plugin, secret, close }} />}
    </div>
  )
}

interface DropProps {
  readonly bot: string
  readonly plugin: string
  readonly secret: string
  readonly close: () => void
}

function DropDialog({ bot, plugin, secret, close }: DropProps) {
  const words = useWords(secretWords)
  const tenant = useTenantId()
  const dropping = useDo({
    act: (client, _: undefined) => client.installations.dropSecret.mutate({ tenant, bot, plugin, secret }),
    touches: ['plugin-secrets'],
    done: close,
  })
  return (
    <Confirm
      title={fillIn(words.dropTitle, { secret })}
      text={words.dropText}
      action={words.drop}
      grave
      doing={dropping}
      go={() => dropping.mutate(undefined)}
      close={close}
    />
  )
}
