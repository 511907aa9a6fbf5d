import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { AdminApi } from '@inthread/client'
import { useFilter } from '../filters/use-filter.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { State } from '../parts/state.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/session.ts'
import { usePages } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { threadWords } from './thread-words.ts'

const route = getRouteApi('/t/$tenant/threads')

type Thread = Awaited<ReturnType<AdminApi['conversations']['list']['query']>>['items'][number]

export function ThreadsPage() {
  const words = useWords(threadWords)
  const { tenant } = route.useParams()
  const navigate = route.useNavigate()
  const may = useMay()
  const [who, chooseWho] = useFilter('who')
  const waiting = who === 'waiting' && may('desk.read')
  const open = (thread: string): void => void navigate({ to: '/t/$tenant/threads/$thread', params: { tenant, thread } })
  return (
    <>
      <PageHead title={words.title} text={words.text}>
        {may('desk.read') && (
          <SegmentedControl
            size="xs"
            aria-label={words.which}
            value={waiting ? 'waiting' : 'all'}
            onChange={(value) => chooseWho(value === 'waiting' ? value : null)}
            data={[
              { value: 'all', label: words.everybody },
              { value: 'waiting', label: words.waiting },
            ]}
          />
        )}
      </PageHead>
      {waiting ? <WaitingList open={open} /> : <ThreadList open={open} />}
    </>
  )
}

interface ListProps {
  readonly open: (thread: string) => void
}

function ThreadList({ open }: ListProps) {
  const words = useWords(threadWords)
  const { tenant } = route.useParams()
  const answer = usePages({
    key: ['threads', tenant, 'list'],
    ask: (client, cursor) => client.conversations.list.query({ tenant, cursor, limit: 50 }),
  })
  return (
    <PageList
      label={words.title}
      answer={answer}
      columns={useColumns()}
      keyOf={({ id }) => id}
      open={({ id }) => open(id)}
      empty={<Empty title={words.none} text={words.noneText} />}
    />
  )
}

type Case = Awaited<ReturnType<AdminApi['desk']['list']['query']>>[number]

/** Users whom the bot has handed over, and whom nobody has answered yet. */
function WaitingList({ open }: ListProps) {
  const words = useWords(threadWords)
  const { tenant } = route.useParams()
  const answer = usePages({
    key: ['desk', tenant, 'list'],
    ask: async (client) => {
      const items = await client.desk.list.query({ tenant, states: ['open'] })
      return { items, next: null }
    },
  })
  const columns: readonly Column<Case>[] = [
    { name: words.id, cell: ({ conversation }) => <span className="mono">{conversation.slice(-12)}</span> },
    { name: words.state, cell: ({ state }) => <State state={state} /> },
    { name: words.reason, cell: ({ reason }) => reason, wide: true },
    { name: words.since, cell: ({ createdAt }) => <When at={createdAt} seconds />, right: true },
  ]
  return (
    <PageList
      label={words.waiting}
      answer={answer}
      columns={columns}
      keyOf={({ id }) => id}
      open={({ conversation }) => open(conversation)}
      empty={<Empty title={words.noneWaiting} text={words.noneWaitingText} />}
    />
  )
}

function useColumns(): readonly Column<Thread>[] {
  const words = useWords(threadWords)
  const { bots } = useTenantSettings()
  return [
    { name: words.id, cell: ({ id }) => <span className="mono">{id.slice(-12)}</span> },
    { name: words.bot, cell: ({ bot }) => bots.get(bot) ?? bot },
    { name: words.updated, cell: ({ updatedAt }) => <When at={updatedAt} seconds />, right: true },
  ]
}
