import { getRouteApi } from '@tanstack/react-router'
import type { AdminApi } from '@inthread/client'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PageList, type Column } from '../tables/page-list.tsx'
import { When } from '../parts/when.tsx'
import { usePages } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { threadWords } from './thread-words.ts'

const route = getRouteApi('/t/$tenant/threads')

type Thread = Awaited<ReturnType<AdminApi['conversations']['list']['query']>>['items'][number]

export function ThreadsPage() {
  const words = useWords(threadWords)
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <ThreadList />
    </>
  )
}

function ThreadList() {
  const words = useWords(threadWords)
  const { tenant } = route.useParams()
  const navigate = route.useNavigate()
  const open = (thread: string): void => void navigate({ to: '/t/$tenant/threads/$thread', params: { tenant, thread } })
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

function useColumns(): readonly Column<Thread>[] {
  const words = useWords(threadWords)
  const { bots } = useTenantSettings()
  return [
    { name: words.id, cell: ({ id }) => <span className="mono">{id.slice(-12)}</span> },
    { name: words.bot, cell: ({ bot }) => bots.get(bot) ?? bot },
    { name: words.updated, cell: ({ updatedAt }) => <When at={updatedAt} seconds />, right: true },
  ]
}
