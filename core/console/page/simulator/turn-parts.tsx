import type { ReactNode } from 'react'
import { Facts } from '../parts/facts.tsx'
import { useLocale, useTenantSettings } from '../session/use-tenant.ts'
import { journalWords } from '../threads/thread-words.ts'
import { useWords } from '../words/use-words.ts'
import { refusalWords } from './refusal-words.ts'
import { listValues, type Showing } from './show-value.ts'
import type { Asked, Turn } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'

/** Moments in the tenant's zone, amounts in the page's language. */
export function useShowing(): Showing {
  const { timeZone } = useTenantSettings()
  return { locale: useLocale(), timeZone }
}

/** Names and values of something that is JSON on the wire. */
export function Values({ json }: { readonly json: string | null }) {
  const lines = listValues(json, useShowing())
  const [first] = lines
  if (!first) return null
  if (first[0] === '') return <p className="simulator-value">{first[1]}</p>
  return <Facts facts={lines} />
}

/** Which steps a turn went through, and what each heard. */
export function Steps({ steps }: { readonly steps: Turn['steps'] }) {
  const words = useWords(simulatorWords)
  const heard: Readonly<Record<string, string>> = useWords(journalWords)
  if (steps.length === 0) return null
  return (
    <Part title={words.steps}>
      <ol className="simulator-steps">
        {steps.map(({ plugin, flow, heard: what, from, to, voice }, index) => (
          <li key={index}>
            <code>
              {plugin} › {flow}
            </code>
            {voice === 'bank' && <span className="state state-busy">{words.bank}</span>}
            <span>{heard[what] ?? what}</span>
            <code>{from === '' || from === to ? to : `${from} → ${to}`}</code>
          </li>
        ))}
      </ol>
    </Part>
  )
}

/** What would have gone out, and how far it would have come. */
export function AskedOutside({ asked }: { readonly asked: readonly Asked[] }) {
  const words = useWords(simulatorWords)
  if (asked.length === 0) return null
  return (
    <Part title={words.asked}>
      <ul className="simulator-asked">
        {asked.map((each, index) => (
          <li key={index}>
            <AskedLine asked={each} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function AskedLine({ asked }: { readonly asked: Asked }) {
  const words = useWords(simulatorWords)
  const { who, name, capability, operation, route, input, verdict, refusal } = asked
  const how: Readonly<Record<string, string>> = { ...words, asked: words.askedOf }
  return (
    <>
      <span className="step-line">
        <strong>{who === 'bank' ? words.bank : words.host}</strong> {name}
        <code>{capability === null ? operation : `${capability}.${operation}`}</code>
        <span className={verdict === 'refused' ? 'state state-bad' : 'state state-calm'}>
          {how[verdict] ?? verdict}
        </span>
      </span>
      {route !== null && <code className="simulator-route">{route}</code>}
      {refusal && <Refused refusal={refusal} />}
      <Values json={input} />
    </>
  )
}

function Refused({ refusal: { party, reason, ceiling } }: { readonly refusal: NonNullable<Asked['refusal']> }) {
  const words: Readonly<Record<string, string>> = useWords(refusalWords)
  const parts = [words[`by_${party}`], words[reason] ?? reason, words[`of_${ceiling}`]]
  return <p className="simulator-refused">{parts.filter((part) => part !== undefined).join(' · ')}</p>
}

export function Wrote({ wrote }: { readonly wrote: Turn['wrote'] }) {
  const words = useWords(simulatorWords)
  const acts: Readonly<Record<string, string>> = words
  if (wrote.length === 0) return null
  return (
    <Part title={words.wrote}>
      <ul className="simulator-wrote">
        {wrote.map(({ plugin, collection, act, done }, index) => (
          <li key={index}>
            <code>{collection === '' ? plugin : `${plugin}.${collection}`}</code> {acts[act] ?? act}
            {!done && <span className="state state-wait">{words.notDone}</span>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

interface PartProps {
  readonly title: string
  readonly children: ReactNode
}

function Part({ title, children }: PartProps) {
  return (
    <div className="simulator-part">
      <h3>{title}</h3>
      {children}
    </div>
  )
}
