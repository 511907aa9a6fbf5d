import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Template } from './template.ts'
import { textWords } from './text-words.ts'

interface Props {
  readonly template: Template
  /** Puts one into the text; without it, they are only named. */
  readonly insert: ((name: string) => void) | undefined
}

/** What may stand in the text, and what no wording may leave out. */
export function Variables({ template: { vars, keep }, insert }: Props) {
  const words = useWords(textWords)
  const names = Object.entries(vars)
  if (names.length === 0) return null
  const kinds = {
    ...{ text: words.kindText, count: words.kindCount, money: words.kindMoney },
    ...{ date: words.kindDate, time: words.kindTime, dateTime: words.kindDateTime },
  }
  return (
    <div className="variables">
      <span className="faint">{words.vars}</span>
      {names.map(([name, kind]) => (
        <button
          key={name}
          type="button"
          className="variable"
          disabled={!insert}
          title={fillIn(words.insert, { name })}
          onClick={() => insert?.(name)}
        >
          <code>{`{{${name}}}`}</code> {kinds[kind]}
          {keep.includes(name) && <strong> · {words.keep}</strong>}
        </button>
      ))}
    </div>
  )
}
