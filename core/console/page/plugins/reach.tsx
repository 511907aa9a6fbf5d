import type { ReactNode } from 'react'
import type { Package } from '../flows/flow.ts'
import { fillIn } from '../words/fill-in.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { NeedLine } from './need-line.tsx'
import { NeedGrant } from './need-grant.tsx'
import { Secrets } from '../secrets/secrets.tsx'
import { reachWords } from './plugin-words.ts'

interface Props {
  readonly package: Package
  /** Where it is installed: then each need says how its grant stands. */
  readonly bot: string
}

export function Reach({ package: described, bot }: Props) {
  const words = useWords(reachWords)
  return (
    <>
      <section className="panel" aria-label={words.needs}>
        <div className="panel-head">
          <h2>{words.needs}</h2>
        </div>
        {described.needs.length === 0 && <p className="faint">{words.needsNone}</p>}
        {described.needs.map((need) => (
          <NeedLine key={need.need} need={need}>
            <NeedGrant plugin={described.plugin} need={need} bot={bot} />
          </NeedLine>
        ))}
      </section>
      {described.secrets.length > 0 && <Secrets package={described} bot={bot} />}
      <Outside package={{ ...described, secrets: [] }} />
    </>
  )
}

/** Whom it speaks to, which secrets it is given and what it keeps. */
export function Outside({ package: { egress, secrets, collections } }: Pick<Props, 'package'>) {
  const words = useWords(reachWords)
  const language = useLanguage()
  return (
    <div className="three-columns">
      <Told title={words.egress} none={words.egressNone}>
        {egress.map(({ name, host, purpose, data }) => (
          <li key={name}>
            <strong>{host.name ?? fillIn(words.setting, { setting: host.setting ?? '' })}</strong>
            <span className="faint">
              {pickWording(purpose, language)} · {data.map((each) => words[each]).join(', ')}
            </span>
          </li>
        ))}
      </Told>
      {secrets.length > 0 && (
        <Told title={words.secrets} none="">
          {secrets.map(({ secret, purpose }) => (
            <li key={secret}>
              <strong className="mono">{secret}</strong>
              <span className="faint">{pickWording(purpose, language)}</span>
            </li>
          ))}
        </Told>
      )}
      <Told title={words.keeps} none={words.keepsNone}>
        {collections.map(({ collection, dataClass }) => (
          <li key={collection}>
            <strong className="mono">{collection}</strong>
            <span className="faint">{words[dataClass]}</span>
          </li>
        ))}
      </Told>
    </div>
  )
}

function Told({
  title,
  none,
  children,
}: {
  readonly title: string
  readonly none: string
  readonly children: readonly ReactNode[]
}) {
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {children.length === 0 ? <p className="faint">{none}</p> : <ul className="told">{children}</ul>}
    </section>
  )
}
