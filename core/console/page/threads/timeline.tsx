import { IconBuildingBank, IconGitBranch, IconMessageForward } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { Bubble } from './bubble.tsx'
import type { Entry } from './entry.ts'
import { journalWords, threadWords } from './thread-words.ts'

interface Props {
  readonly entries: readonly Entry[]
  readonly onlySaid: boolean
}

/** What somebody said stands at a side, as on the phone; what happened meanwhile stands between. */
export function Timeline({ entries, onlySaid }: Props) {
  const shown = onlySaid ? entries.filter(isSaid) : entries
  return (
    <ol className="timeline">
      {shown.map((entry) => (
        <li key={`${entry.kind} ${entry.id}`} className={isSaid(entry) ? `said said-${entry.kind}` : 'between'}>
          {isSaid(entry) ? <Bubble entry={entry} /> : <Between entry={entry} />}
        </li>
      ))}
    </ol>
  )
}

function isSaid({ kind, facts }: Entry): boolean {
  return kind === 'sent' || (kind === 'received' && (facts['from'] === 'user' || facts['from'] === 'desk'))
}

function Between({ entry }: { readonly entry: Entry }) {
  if (entry.kind === 'effect') return <Effect entry={entry} />
  if (entry.kind === 'journal') return <Journal entry={entry} />
  return <BetweenLine icon={<IconMessageForward size={15} aria-hidden />} text={entry.text} at={entry.at} />
}

function Effect({ entry }: { readonly entry: Entry }) {
  const words = useWords(threadWords)
  const tenant = useTenantId()
  const what = entry.text.split(': ').slice(1).join(': ')
  const order = entry.facts['order']
  const text = fillIn(entry.text.startsWith('asked a host') ? words.hostAsked : words.bankAsked, { what })
  return (
    <BetweenLine icon={<IconBuildingBank size={15} aria-hidden />} text={text} at={entry.at}>
      <State state={String(entry.facts['state'] ?? '')} />
      {typeof order === 'string' && (
        <Link to="/t/$tenant/orders" params={{ tenant }} search={{ order }}>
          {words.order}
        </Link>
      )}
    </BetweenLine>
  )
}

/** `outcome: declined` of `travel › book`: the machine's word in ours, what is particular to it as it is. */
function Journal({ entry }: { readonly entry: Entry }) {
  const words = useWords(journalWords)
  const [kind = '', detail] = entry.text.split(': ')
  const known = words[kind.replaceAll(' ', '_') as keyof typeof words] ?? kind
  const text = detail === undefined ? known : `${known}: ${detail}`
  return (
    <BetweenLine icon={<IconGitBranch size={15} aria-hidden />} text={text} at={entry.at}>
      <span className="mono faint">
        {String(entry.facts['plugin'])} › {String(entry.facts['flow'])}
      </span>
    </BetweenLine>
  )
}

interface LineProps {
  readonly icon: ReactNode
  readonly text: string
  readonly at: number
  readonly children?: ReactNode
}

function BetweenLine({ icon, text, at, children }: LineProps) {
  return (
    <>
      {icon}
      <span className="between-text">{text}</span>
      {children}
      <span className="between-at">
        <When at={at} seconds />
      </span>
    </>
  )
}
