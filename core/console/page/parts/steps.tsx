import type { ReactNode } from 'react'
import type { Tone } from '../words/state-words.ts'

export interface Step {
  readonly key: string
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly at: ReactNode
  readonly tone?: Tone
}

/** What happened, one under the other. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map(({ key, title, text, at, tone = 'calm' }) => (
        <li key={key} className={`step-${tone}`}>
          <div className="step-title">{title}</div>
          {text !== undefined && <div className="step-text">{text}</div>}
          <div className="step-at">{at}</div>
        </li>
      ))}
    </ol>
  )
}
