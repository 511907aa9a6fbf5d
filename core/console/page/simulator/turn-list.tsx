import { Alert } from '@mantine/core'
import { When } from '../parts/when.tsx'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { outcomeWords, reasonWords } from './reason-words.ts'
import { showValue } from './show-value.ts'
import type { Thread, Turn } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'
import { AskedOutside, Steps, useShowing, Values, Wrote } from './turn-parts.tsx'

/**
 * Beside the phone, the latest first: for each turn why it was taken so, and what it did. The numbers are those on the
 * phone; what the last act led to stands open.
 */
export function TurnList({ thread }: { readonly thread: Thread }) {
  const words = useWords(simulatorWords)
  const { turns, open } = thread
  const last = turns.at(-1)?.act
  return (
    <section className="panel" aria-label={words.why}>
      <div className="panel-head">
        <h2>{words.why}</h2>
      </div>
      {turns.length === 0 && <p className="faint">{words.noTurns}</p>}
      <Places open={open} />
      <ol className="simulator-turns" reversed>
        {turns
          .map((turn, index) => (
            <li key={`${index} ${turn.act === last}`} className={`simulator-turn simulator-from-${turn.from}`}>
              <TurnLine turn={turn} number={index + 1} open={turn.act === last} />
            </li>
          ))
          .toReversed()}
      </ol>
    </section>
  )
}

interface LineProps {
  readonly turn: Turn
  readonly number: number
  readonly open: boolean
}

function TurnLine({ turn, number, open }: LineProps) {
  const { steps, asked, wrote, why, from } = turn
  const more = steps.length + asked.length + wrote.length > 0 || (from === 'user' && isTelling(why.value))
  return (
    <>
      {more ? (
        <details open={open}>
          <summary>
            <TurnHead turn={turn} number={number} />
          </summary>
          <TurnBody turn={turn} />
        </details>
      ) : (
        <TurnHead turn={turn} number={number} />
      )}
      {turn.problem && <Wrong problem={turn.problem} />}
    </>
  )
}

function TurnHead({ turn: { from, said, at, why }, number }: Omit<LineProps, 'open'>) {
  const words = useWords(simulatorWords)
  const who = { user: words.you, bank: words.bank, host: words.host, time: words.passing, plugin: words.plugin }[from]
  return (
    <span className="simulator-turn-head">
      <span className="phone-number">{number}</span>
      <span className="simulator-turn-why">
        <strong>{who}</strong>
        {said !== null && <span className="simulator-said">{said}</span>}
        <span className="simulator-reason">
          <Why why={why} />
        </span>
      </span>
      <When at={at} seconds />
    </span>
  )
}

function TurnBody({ turn: { from, why, steps, asked, wrote, cases } }: Pick<LineProps, 'turn'>) {
  const words = useWords(simulatorWords)
  return (
    <>
      {from === 'user' && <Understood why={why} />}
      <Steps steps={steps} />
      <AskedOutside asked={asked} />
      <Wrote wrote={wrote} />
      {cases.length > 0 && <p className="faint">{words.cases}</p>}
    </>
  )
}

const isTelling = (value: string | null): boolean => value !== null && value !== '{}'

function Why({ why: { by, value, ...names } }: { readonly why: Turn['why'] }) {
  const reasons: Readonly<Record<string, string>> = useWords(reasonWords)
  const outcomes: Readonly<Record<string, string>> = useWords(outcomeWords)
  const told = showValue(value, useShowing())
  const known = Object.fromEntries(Object.entries(names).map(([name, text]) => [name, text ?? '']))
  return <>{fillIn(reasons[by] ?? by, { ...known, value: outcomes[told] ?? told })}</>
}

/** What was made of the words: what a flow goes on with. */
function Understood({ why: { value } }: { readonly why: Turn['why'] }) {
  const words = useWords(simulatorWords)
  if (!isTelling(value)) return null
  return (
    <div className="simulator-part">
      <h3>{words.understood}</h3>
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
  const kinds: Readonly<Record<string, string>> = {
    ...{ ask: words.waitsUser, confirm: words.waitsConfirm, call: words.waitsBank },
    ...{ fetch: words.waitsHost, wait: words.waitsTime },
  }
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
              <span className="state state-calm">{kinds[kind] ?? kind}</span>
              {dueAt !== null && <When at={dueAt} seconds />}
            </span>
            {isTelling(slots) && (
              <details className="simulator-more">
                <summary>{words.knows}</summary>
                <Values json={slots} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
