import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useText } from '../desk/preferences.tsx'
import { LinkedText } from './linked-text.tsx'

interface LongTextProps {
  readonly text: string
  /** Lines shown until it is unfolded. */
  readonly lines: number
  readonly class?: string
}

/**
 * A text that folds after some lines; the button appears only where something is hidden. It is cut between lines: an
 * ellipsis would eat the end of the last one, such as the pence of an amount.
 */
export function LongText({ text, lines, class: name = '' }: LongTextProps) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [folds, setFolds] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    if (element && !open) setFolds(element.scrollHeight > element.clientHeight + 2)
  }, [text, open])
  const style = open ? undefined : { 'max-height': `${lines}lh` }
  return (
    <>
      <div ref={box} class={`${name} ${open ? '' : 'clamped'}`} style={style}>
        <LinkedText text={text} />
      </div>
      {folds && (
        <button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t.foldLess : t.foldMore}
        </button>
      )}
    </>
  )
}
