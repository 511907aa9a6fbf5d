import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/use-words.ts'
import { healthWords } from './health-words.ts'

/** A fault's code, which opens what the operators' guide says of it. */
export function FaultHelp({ code }: { readonly code: string }) {
  const words = useWords(healthWords)
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Anchor component="button" type="button" className="mono" size="sm" onClick={() => setOpened(true)}>
        {code}
      </Anchor>
      {opened && (
        <Dialog title={words.whatToDo} close={() => setOpened(false)}>
          <Guide code={code} />
        </Dialog>
      )}
    </>
  )
}

/** The guide is long and seldom wanted: it is loaded when somebody asks. It is written in English alone. */
function Guide({ code }: { readonly code: string }) {
  const words = useWords(healthWords)
  const { data, error } = useQuery({
    queryKey: ['fault-guide'],
    queryFn: async () => (await import('./fault-guide.ts')).readFaultGuide(),
    staleTime: Infinity,
  })
  if (error) return <p>{words.noGuide}</p>
  if (!data) return <Skeleton height={90} />
  const found = data.get(code)
  return (
    <dl className="fault-help">
      <dt>{words.faultCode}</dt>
      <dd className="mono">{code}</dd>
      <dt>{words.meaning}</dt>
      <dd>{found ? <q className="quoted">{found.meaning}</q> : words.notInGuide}</dd>
      {found && (
        <>
          <dt>{words.remedy}</dt>
          <dd>
            <q className="quoted">{found.remedy}</q>
          </dd>
        </>
      )}
    </dl>
  )
}
