import { Select, Skeleton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useFilter } from '../filters/use-filter.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useAsk } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { MenuEditor } from './menu-editor.tsx'
import { menuWords } from './menu-words.ts'

const route = getRouteApi('/t/$tenant/menu')

/** The fixed menu of one of the tenant's bots. */
export function MenuPage() {
  const words = useWords(menuWords)
  const { bots } = useTenantSettings()
  const [chosen, choose] = useFilter('bot')
  const bot = chosen === '' ? [...bots.keys()][0] : chosen
  return (
    <>
      <PageHead title={words.title} text={words.text}>
        {bots.size > 1 && (
          <Select
            aria-label={words.bot}
            allowDeselect={false}
            data={[...bots].map(([value, label]) => ({ value, label }))}
            value={bot ?? null}
            onChange={choose}
          />
        )}
      </PageHead>
      {bot === undefined ? <Skeleton height={320} /> : <MenuOf key={bot} bot={bot} />}
    </>
  )
}

function MenuOf({ bot }: { readonly bot: string }) {
  const { tenant } = route.useParams()
  const { data, error, refetch } = useAsk({
    key: ['menus', tenant, bot],
    ask: (client) => client.menus.get.query({ tenant, bot }),
    // An operator takes its time, and somebody waits to see it done.
    everyMs: 3000,
  })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton height={320} />
  return <MenuEditor key={data.version} tenant={tenant} bot={bot} menu={data} />
}
