import { Center, Loader } from '@mantine/core'
import { AdminError } from '@inthread/client'
import { useEffect, useState, type ReactNode } from 'react'
import { queries } from './queries.ts'
import { closeSession, readInvitation, resumeSession, SessionContext, type Session } from './session.ts'
import { SignIn } from '../sign-in/sign-in.tsx'
import { StepUp } from './step-up.tsx'

type Standing = { readonly kind: 'asking' } | { readonly kind: 'out'; readonly ended: boolean } | Entered
type Entered = { readonly kind: 'in'; readonly session: Session }

/** Lets nobody in without a session; whose session ends stands at the door again, at the same address. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const [standing, setStanding] = useState<Standing>({ kind: 'asking' })
  const leave = (ended: boolean): void => {
    closeSession()
    queries.clear()
    setStanding({ kind: 'out', ended })
  }
  useEffect(() => resume(setStanding), [])
  useEffect(() => watchEnd(() => leave(true)), [])
  if (standing.kind === 'asking') return <Waiting />
  if (standing.kind === 'out')
    return <SignIn ended={standing.ended} enter={(session) => setStanding({ kind: 'in', session })} />
  return (
    <SessionContext value={{ ...standing.session, leave: () => leave(false) }}>
      {children}
      <StepUp />
    </SessionContext>
  )
}

function Waiting() {
  return (
    <Center mih="100dvh">
      <Loader type="dots" />
    </Center>
  )
}

/** Whoever opens an invitation is asked about that first, whoever is signed in. */
function resume(enter: (standing: Standing) => void): void {
  if (readInvitation() !== undefined) return enter({ kind: 'out', ended: false })
  resumeSession()
    .then((session) => enter(session ? { kind: 'in', session } : { kind: 'out', ended: false }))
    .catch((error: unknown) => {
      const ended = isEnd(error)
      if (ended) closeSession()
      enter({ kind: 'out', ended })
    })
}

const isEnd = (error: unknown): boolean => error instanceof AdminError && error.code === 'UNAUTHORIZED'

/** Any answer may be the one that says that the session is over. */
function watchEnd(tell: () => void): () => void {
  const ofQueries = queries.getQueryCache().subscribe(({ query }) => (isEnd(query.state.error) ? tell() : undefined))
  const ofChanges = queries
    .getMutationCache()
    .subscribe(({ mutation }) => (isEnd(mutation?.state.error) ? tell() : undefined))
  return () => {
    ofQueries()
    ofChanges()
  }
}
