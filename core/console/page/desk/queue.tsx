import { State } from '../parts/state.tsx'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import type { Case } from './case.ts'
import { deskWords, reasonWords } from './desk-words.ts'
import { useMinutesSince } from './use-minutes-since.ts'

interface Props {
  readonly cases: readonly Case[]
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
}

/** Those who wait first, the longest wait on top; then one's own, then those of colleagues. */
export function Queue({ cases, ...rest }: Props) {
  const words = useWords(deskWords)
  const waiting = cases.filter(({ state }) => state === 'open')
  const mine = cases.filter(({ mine: own }) => own)
  const others = cases.filter(({ state, mine: own }) => state === 'claimed' && !own)
  return (
    <nav className="panel desk-queue" aria-label={words.queue}>
      <Part title={words.waiting} cases={waiting} {...rest} />
      <Part title={words.mine} cases={mine} {...rest} />
      <Part title={words.others} cases={others} {...rest} />
      {cases.length === 0 && <p className="faint">{words.none}</p>}
    </nav>
  )
}

function Part({ title, cases, chosen, choose }: Props & { readonly title: string }) {
  if (cases.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="desk-part">
        {title} <span className="faint">{cases.length}</span>
      </h2>
      <ul>
        {cases.map((each) => (
          <li key={each.id}>
            <CaseLine found={each} current={each.id === chosen} choose={() => choose(each.id)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  readonly found: Case
  readonly current: boolean
  readonly choose: () => void
}

function CaseLine({ found, current, choose }: LineProps) {
  const reasons: Readonly<Record<string, string>> = useWords(reasonWords)
  return (
    <button type="button" className="desk-line" aria-current={current} onClick={choose}>
      <span>
        <strong>{reasons[found.reason] ?? found.reason}</strong>
        <small className="mono">{found.conversation.slice(-8)}</small>
      </span>
      <span className="desk-line-end">
        <State state={found.state} />
        <Waited since={found.createdAt} />
      </span>
    </button>
  )
}

function Waited({ since }: { readonly since: number }) {
  const words = useWords(deskWords)
  const minutes = useMinutesSince(since)
  return <small className="faint">{minutes < 1 ? words.sinceNow : fillIn(words.since, { n: minutes })}</small>
}
