import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useWords } from '../words/use-words.ts'
import { threadWords } from './thread-words.ts'
import type { Entry } from './entry.ts'

/** A message with who said it, its buttons as buttons, and how far it came. */
export function Bubble({ entry }: { readonly entry: Entry }) {
  const words = useWords(threadWords)
  const { text, buttons } = splitButtons(entry.text)
  const reason = entry.facts['reason']
  return (
    <div className="bubble">
      <div className="bubble-head">
        <Speaker entry={entry} />
        <When at={entry.at} seconds />
      </div>
      {text !== '' && <div className="bubble-text">{text === '(in confidence, destroyed)' ? words.secret : text}</div>}
      {buttons.length > 0 && (
        <ul className="bubble-buttons">
          {buttons.map((label, index) => (
            <li key={index}>{label}</li>
          ))}
        </ul>
      )}
      {entry.kind === 'sent' && (
        <div className="bubble-foot">
          <State state={String(entry.facts['state'] ?? '')} />
          {typeof reason === 'string' && <span className="faint">{reason}</span>}
        </div>
      )}
    </div>
  )
}

function Speaker({ entry: { kind, facts } }: { readonly entry: Entry }) {
  const words = useWords(threadWords)
  if (kind === 'received') return <strong>{facts['from'] === 'desk' ? words.desk : words.user}</strong>
  return <strong>{facts['voice'] === 'bank' ? words.bank : words.bot}</strong>
}

/** The timeline writes a button as ［label］. */
function splitButtons(text: string): { readonly text: string; readonly buttons: readonly string[] } {
  const buttons = [...text.matchAll(/［([^］]*)］/g)].map(([, label]) => label ?? '')
  return { text: text.replace(/\s*［[^］]*］/g, '').trim(), buttons }
}
