import { Button } from '@mantine/core'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { menuWords } from './menu-words.ts'
import type { Key, Menu } from './menu.ts'

interface Props {
  readonly tenant: string
  readonly bot: string
  readonly keys: readonly Key[]
  readonly publications: Menu['publications']
}

/** What users see of it, and how far it has come. */
export function Published({ tenant, bot, keys, publications }: Props) {
  const words = useWords(menuWords)
  return (
    <div>
      <section className="panel" aria-label={words.preview}>
        <div className="panel-head">
          <h2>{words.preview}</h2>
        </div>
        <Preview keys={keys} />
      </section>
      <section className="panel" aria-label={words.operators}>
        <div className="panel-head">
          <h2>{words.operators}</h2>
          {publications.length > 0 && <Again tenant={tenant} bot={bot} />}
        </div>
        {publications.length === 0 && <p className="faint">{words.unpublished}</p>}
        <ul className="lines">
          {publications.map(({ operator, state, reason }) => (
            <li key={operator}>
              <span className="line-main">{operator}</span>
              {reason !== null && <span className="faint">{reason}</span>}
              <State state={state === 'new' ? 'waiting' : state} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Again({ tenant, bot }: Pick<Props, 'tenant' | 'bot'>) {
  const words = useWords(menuWords)
  const may = useMay()('menu.write')
  const publish = useDo({
    act: (client, _: undefined) => client.menus.publish.mutate({ tenant, bot }),
    touches: ['menus'],
  })
  if (!may) return null
  if (publish.error) return <Problem error={publish.error} />
  return (
    <Button size="xs" variant="default" loading={publish.isPending} onClick={() => publish.mutate(undefined)}>
      {words.again}
    </Button>
  )
}

function Preview({ keys }: Pick<Props, 'keys'>) {
  const locale = useLanguage() === 'zh' ? 'zh-CN' : 'en'
  const nameOf = ({ label }: Pick<Key, 'label'>): string => label[locale] ?? Object.values(label)[0] ?? '…'
  return (
    <div className="menu-preview">
      {keys.map((key, index) => (
        <div key={index}>
          {key.entries && (
            <ul>
              {key.entries.map((entry, place) => (
                <li key={place}>{nameOf(entry)}</li>
              ))}
            </ul>
          )}
          <strong>{nameOf(key)}</strong>
        </div>
      ))}
    </div>
  )
}
