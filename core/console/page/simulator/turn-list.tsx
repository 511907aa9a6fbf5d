import { Alert } from '@mantine/core'
import { When } from '../parts/when.tsx'
import { useLocale } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { outcomeWords, reasonWords } from './reason-words.ts'
import { showValue } from './show-value.ts'
import type { Thread, Turn } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'
import { AskedOutside, Steps, Values, Wrote } from './turn-parts.tsx'

/** Beside the phone: for each turn why it was taken so, and what it did. The numbers are those on the phone. */
export function TurnList({ thread }: { readonly thread: Thread }) {
  const words = useWords(simulatorWords)
  return (
    <section className="panel" aria-label={words.why}>
      <div className="panel-head">
        <h2>{words.why}</h2>
      </div>
      {thread.turns.length === 0 && <p className="faint">{words.noTurns}</p>}
      <ol className="simulator-turns">
        {thread.turns.map((turn, index) => (
          <li key={index}>
            <TurnLine turn={turn} number={index + 1} />
          </li>
        ))}
      </ol>
      <Places open={thread.open} />
    </section>
  )
}

function TurnLine({ turn, number }: { readonly turn: Turn; readonly number: number }) {
  const words = useWords(simulatorWords)
  const { from, said, at, why, steps, asked, wrote, cases, problem } = turn
  const who = { user: words.you, bank: words.bank, host: words.host, time: words.passing, plugin: words.plugin }[from]
  return (
    <article className={`simulator-turn simulator-from-${from}`}>
      <div className="simulator-turn-head">
        <span className="phone-number">{number}</span>
        <h3>
          {who}
          {said !== null && <span className="simulator-said">{said}</span>}
        </h3>
        <When at={at} seconds />
      </div>
      <p>
        <Why why={why} />
      </p>
      {from === 'user' && <Understood why={why} />}
      {problem && <Wrong problem={problem} />}
      <Steps steps={steps} />
      <AskedOutside asked={asked} />
      <Wrote wrote={wrote} />
      {cases.length > 0 && <p className="faint">{words.cases}</p>}
    </article>
  )
}

function Why({ why: { by, value, ...names } }: { readonly why: Turn['why'] }) {
  const reasons: Readonly<Record<string, string>> = useWords(reasonWords)
  const outcomes: Readonly<Record<string, string>> = useWords(outcomeWords)
  const locale = useLocale()
  const told = showValue(value, locale)
  const known = Object.fromEntries(Object.entries(names).map(([name, text]) => [name, text ?? '']))
  return <>{fillIn(reasons[by] ?? by, { ...known, value: outcomes[told] ?? told })}</>
}

/** What was made of the words: what a flow goes on with. */
function Understood({ why: { value } }: { readonly why: Turn['why'] }) {
  const words = useWords(simulatorWords)
  if (value === null || value === '{}') return null
  return (
    <div className="simulator-part">
      <h4>{words.understood}</h4>
      <Values json={value} />
    </div>
  )
}

function Wrong({ problem: { code, detail } }: { readonly problem: NonNullable<Turn['problem']> }) {
  const words = useWords(simulatorWords)
  const own: Readonly<Record<string, string>> = words
  const [, name] = /^simulation\.(.+)$/.exec(code) ?? []
  if (name !== undefined)
    return (
      <Alert color="yellow" title={own[name] ?? code}>
        {detail}
      </Alert>
    )
  return (
    <Alert color="red" title={words.problem}>
      <code>{code}</code> {detail}
    </Alert>
  )
}

function Places({ open }: Pick<Thread, 'open'>) {
  const words = useWords(simulatorWords)
  if (open.length === 0) return null
  return (
    <div className="simulator-part simulator-places">
      <h3>{words.end}</h3>
      <ul>
        {open.map(({ plugin, flow, step, kind, dueAt, slots }, index) => (
          <li key={index}>
            <span className="step-line">
              <code>
                {plugin} › {flow} › {step}
              </code>
              <span className="state state-calm">{kind}</span>
              {dueAt !== null && <When at={dueAt} seconds />}
            </span>
            {slots !== null && slots !== '{}' && <Values json={slots} />}
          </li>
        ))}
      </ul>
    </div>
  )
}
