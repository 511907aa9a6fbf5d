import { Link } from '@tanstack/react-router'
import { IconChecks, IconLayoutDashboard, IconMessages, IconReceipt, type Icon } from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import { useMay } from '../session/session.ts'
import { shellWords } from './shell-words.ts'
import { useTenantId, useTenants } from '../session/use-tenant.ts'

type Word = 'overview' | 'threads' | 'orders' | 'approvals'
type Group = 'groupWork' | 'groupMoney'

interface Entry {
  readonly word: Word
  readonly to: '/t/$tenant' | '/t/$tenant/threads' | '/t/$tenant/orders' | '/t/$tenant/approvals'
  readonly icon: Icon
  /** One of these is enough; without any, everybody sees it. */
  readonly may: readonly string[]
}

const groups: readonly { readonly word: Group; readonly entries: readonly Entry[] }[] = [
  {
    word: 'groupWork',
    entries: [
      { word: 'overview', to: '/t/$tenant', icon: IconLayoutDashboard, may: [] },
      { word: 'threads', to: '/t/$tenant/threads', icon: IconMessages, may: ['conversation.read'] },
      { word: 'approvals', to: '/t/$tenant/approvals', icon: IconChecks, may: ['proposal.read'] },
    ],
  },
  {
    word: 'groupMoney',
    entries: [{ word: 'orders', to: '/t/$tenant/orders', icon: IconReceipt, may: ['order.read'] }],
  },
]

/** By work and not by table. What a role may not do is not there. */
export function Navigation() {
  const words = useWords(shellWords)
  const may = useMay()
  const seen = groups.map(({ word, entries }) => ({
    word,
    entries: entries.filter(({ may: wanted }) => wanted.length === 0 || wanted.some(may)),
  }))
  return (
    <nav className="navigation" aria-label={words.console}>
      {seen.map(({ word, entries }) => (
        <NavigationGroup key={word} title={words[word]} entries={entries} />
      ))}
    </nav>
  )
}

function NavigationGroup({ title, entries }: { readonly title: string; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="navigation-title">{title}</h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.word}>
            <NavigationLink {...entry} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function NavigationLink({ word, to, icon: EntryIcon }: Entry) {
  const words = useWords(shellWords)
  const first = useTenants().tenants[0]?.tenant ?? ''
  const tenant = useTenantId() || first
  if (tenant === '') return null
  return (
    <Link
      className="navigation-link"
      to={to}
      params={{ tenant }}
      activeOptions={{ exact: to === '/t/$tenant', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <EntryIcon size={17} stroke={1.7} aria-hidden />
      {words[word]}
    </Link>
  )
}
