import { Skeleton } from '@mantine/core'
import { IconHeadset } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useFilter } from '../filters/use-filter.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/use-words.ts'
import { useQueue, type Case } from './case.ts'
import { CaseView } from './case-view.tsx'
import { deskWords } from './desk-words.ts'
import { Queue } from './queue.tsx'

const route = getRouteApi('/t/$tenant/desk')

/** Who waits for a person, and the conversation with one of them. */
export function DeskPage() {
  const words = useWords(deskWords)
  const { case: chosen } = route.useSearch()
  const { data, error, again } = useQueue()
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      {error && <Problem error={error} retry={again} />}
      {!error && !data && <Skeleton height={420} />}
      {!error && data && <Desk cases={data} chosen={chosen} />}
    </>
  )
}

interface DeskProps {
  readonly cases: readonly Case[]
  readonly chosen: string | undefined
}

/** On a phone one of the two at a time. */
function Desk({ cases, chosen }: DeskProps) {
  const [, choose] = useFilter('case')
  return (
    <div className={chosen === undefined ? 'desk' : 'desk desk-chosen'}>
      <Queue cases={cases} chosen={chosen} choose={choose} />
      {chosen === undefined ? (
        <Nobody some={cases.length > 0} />
      ) : (
        <CaseView key={chosen} id={chosen} found={cases.find(({ id }) => id === chosen)} leave={() => choose(null)} />
      )}
    </div>
  )
}

function Nobody({ some }: { readonly some: boolean }) {
  const words = useWords(deskWords)
  return (
    <section className="panel desk-case">
      <Empty
        icon={IconHeadset}
        title={some ? words.choose : words.none}
        text={some ? words.chooseText : words.noneText}
      />
    </section>
  )
}
