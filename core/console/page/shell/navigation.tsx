import { Link } from '@tanstack/react-router'
import {
  IconActivity,
  IconChecks,
  IconDeviceMobileMessage,
  IconHeadset,
  IconHistory,
  IconLayoutDashboard,
  IconLayoutNavbar,
  IconMessage2,
  IconMessages,
  IconPlugConnected,
  IconPuzzle,
  IconReceipt,
  IconScale,
  IconShieldCheck,
  IconTable,
  type Icon,
} from '@tabler/icons-react'
import { useWords } from '../words/use-words.ts'
import { useMay } from '../session/session.ts'
import { shellWords } from './shell-words.ts'
import { useTenantId, useTenants } from '../session/use-tenant.ts'

type Group = 'groupWork' | 'groupContent' | 'groupMoney' | 'groupPeople' | 'groupPlatform'

interface Entry {
  /** Its name, and its place below the tenant's own address. */
  readonly word:
    | ''
    | ('threads' | 'desk' | 'approvals' | 'plugins' | 'texts' | 'data')
    | ('menu' | 'simulator' | 'orders' | 'breaks' | 'consents' | 'connections' | 'audit' | 'health')
  readonly icon: Icon
  /** One of these is enough; without any, everybody sees it. */
  readonly may: readonly string[]
}

const groups: readonly { readonly word: Group; readonly entries: readonly Entry[] }[] = [
  {
    word: 'groupWork',
    entries: [
      { word: '', icon: IconLayoutDashboard, may: [] },
      { word: 'threads', icon: IconMessages, may: ['conversation.read'] },
      { word: 'desk', icon: IconHeadset, may: ['desk.read'] },
      { word: 'approvals', icon: IconChecks, may: ['proposal.read'] },
    ],
  },
  {
    word: 'groupContent',
    entries: [
      { word: 'plugins', icon: IconPuzzle, may: ['installation.read'] },
      { word: 'texts', icon: IconMessage2, may: ['template.read'] },
      { word: 'menu', icon: IconLayoutNavbar, may: ['menu.read'] },
      { word: 'data', icon: IconTable, may: ['collection.read'] },
      { word: 'simulator', icon: IconDeviceMobileMessage, may: ['thread.simulate'] },
    ],
  },
  {
    word: 'groupMoney',
    entries: [
      { word: 'orders', icon: IconReceipt, may: ['order.read'] },
      { word: 'breaks', icon: IconScale, may: ['book.read'] },
    ],
  },
  { word: 'groupPeople', entries: [{ word: 'consents', icon: IconShieldCheck, may: ['consent.read'] }] },
  {
    word: 'groupPlatform',
    entries: [
      { word: 'connections', icon: IconPlugConnected, may: ['tenant.read'] },
      { word: 'audit', icon: IconHistory, may: ['audit.read'] },
      { word: 'health', icon: IconActivity, may: ['health.read'] },
    ],
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

/** The word `menu` is that of the button which opens this navigation. */
const nameOf = (word: Entry['word']) => (word === '' ? 'overview' : word === 'menu' ? 'menuPage' : word)

function NavigationLink({ word, icon: EntryIcon }: Entry) {
  const words = useWords(shellWords)
  const first = useTenants().tenants[0]?.tenant ?? ''
  const tenant = useTenantId() || first
  if (tenant === '') return null
  return (
    <Link
      className="navigation-link"
      to={word === '' ? '/t/$tenant' : `/t/$tenant/${word}`}
      params={{ tenant }}
      activeOptions={{ exact: word === '', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <EntryIcon size={17} stroke={1.7} aria-hidden />
      {words[nameOf(word)]}
    </Link>
  )
}
