import { Skeleton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { useFollow } from '../session/use-follow.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import type { Said } from './case.ts'
import { deskWords } from './desk-words.ts'

/** What was said since the case began, as it comes. */
export function Talk({ id }: { readonly id: string }) {
  const words = useWords(deskWords)
  const tenant = useTenantId()
  const { data, error, again } = useFollow({
    key: ['talk', tenant, id],
    follow: (client, options) => client.desk.followCase.subscribe({ tenant, case: id }, options),
  })
  if (error) return <Problem error={error} retry={again} />
  if (!data) return <Skeleton height={240} />
  if (data.length === 0) return <p className="faint">{words.nothingSaid}</p>
  return <Lines said={data} />
}

/** Whoever is answered speaks from the left, as from behind a counter; the newest is in sight. */
function Lines({ said }: { readonly said: readonly Said[] }) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Some browsers answer with a promise, which an effect must not hand on.
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [said.length])
  return (
    <div className="desk-talk" role="log" tabIndex={0} aria-label={useWords(deskWords).talk}>
      <ol className="timeline">
        {said.map((message) => (
          <li key={message.id} className={message.from === 'user' ? 'said' : 'said said-received'}>
            <Line message={message} />
          </li>
        ))}
      </ol>
      <div ref={end} />
    </div>
  )
}

function Line({ message: { from, at, text } }: { readonly message: Said }) {
  const words = useWords(deskWords)
  return (
    <div className="bubble">
      <div className="bubble-head">
        <strong>{words[from]}</strong>
        <When at={at} seconds />
      </div>
      <div className="bubble-text">{text}</div>
    </div>
  )
}
