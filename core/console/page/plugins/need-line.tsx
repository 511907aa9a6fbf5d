import type { ReactNode } from 'react'
import type { Package } from '../flows/flow.ts'
import { Amount } from '../parts/amount.tsx'
import { Capability } from '../parts/capability.tsx'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { reachWords } from './plugin-words.ts'

export type Need = Package['needs'][number]

interface Props {
  readonly need: Need
  /** What becomes of it here: a grant, or the form that asks for one. */
  readonly children?: ReactNode
}

const gravest = ['commit', 'hold', 'quote', 'read'] as const

/** What a plugin wants of a bank, why, and how far that goes. */
export function NeedLine({ need: { capability, purpose, optional, classes, ceiling, need }, children }: Props) {
  const words = useWords(reachWords)
  const language = useLanguage()
  const most = gravest.find((each) => classes.includes(each)) ?? 'read'
  return (
    <div className="need">
      <div className="need-main">
        <strong>
          <Capability id={capability} />
        </strong>{' '}
        <span className={optional ? 'state state-calm' : 'state state-busy'}>
          {optional ? words.optional : words.required}
        </span>
        <p>{pickWording(purpose, language)}</p>
        <p className="faint">{words[most]}</p>
        {ceiling && (
          <p className="faint">
            {words.ceiling}: {ceiling.perCall ? <Amount amount={ceiling.perCall} /> : words.unlimited}
          </p>
        )}
      </div>
      <div className="need-side" aria-label={need}>
        {children}
      </div>
    </div>
  )
}
