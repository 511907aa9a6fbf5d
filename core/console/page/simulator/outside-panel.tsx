import { Alert, Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Capability } from '../parts/capability.tsx'
import { count } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { outcomeWords } from './reason-words.ts'
import { isBankAsking, type Act, type Question, type Thread } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'
import { Values } from './turn-parts.tsx'

interface Props {
  readonly thread: Thread
  readonly act: (act: Act) => void
}

/** Who else has to answer before it goes on: the bank or a host, as it is told to. */
export function OutsidePanel({ thread, act }: Props) {
  const { asked, undecided } = thread
  return (
    <>
      {asked?.who === 'bank' && <BankPanel question={asked} act={act} />}
      {asked?.who === 'host' && <HostPanel question={asked} act={act} />}
      {!asked && isBankAsking(thread) && <AskingPanel act={act} />}
      {undecided > 0 && <UndecidedPanel orders={undecided} act={act} />}
    </>
  )
}

interface QuestionProps extends Pick<Props, 'act'> {
  readonly question: Question
}

const ways = ['accepts', 'declines', 'times_out'] as const
const needs = { declines: 'declined', times_out: 'unknown' } as const

function BankPanel({ question, act }: QuestionProps) {
  const words = useWords(simulatorWords)
  const { capability, operation, input, unplayed, choices } = question
  const has = (outcome: string): boolean => choices.some((each) => each.outcome === outcome)
  const possible = ways.filter((way) => way === 'accepts' || has(needs[way]))
  return (
    <section className="panel" aria-label={words.answerFor}>
      <div className="panel-head">
        <h2>{words.answerFor}</h2>
        <span className="faint">
          <Capability id={capability ?? ''} /> <code>{operation}</code>
        </span>
      </div>
      <Stack gap="sm">
        {unplayed && <p className="faint">{words.unplayed}</p>}
        <Values json={input} />
        <Ways ways={possible} act={act} />
        <OtherAnswers question={question} answer={(answers, data) => act({ does: 'bank', answers, data })} />
      </Stack>
    </section>
  )
}

function Ways({ ways: shown, act }: { readonly ways: readonly string[] } & Pick<Props, 'act'>) {
  const words: Readonly<Record<string, string>> = useWords(outcomeWords)
  return (
    <Group gap="xs">
      {shown.map((way) => (
        <Button key={way} size="xs" variant="default" onClick={() => act({ does: 'bank', answers: way })}>
          {words[way] ?? way}
        </Button>
      ))}
    </Group>
  )
}

/** While its dialogue asks the user, the bank can be answered for together with them. */
function AskingPanel({ act }: Pick<Props, 'act'>) {
  const words = useWords(simulatorWords)
  return (
    <section className="panel" aria-label={words.answerFor}>
      <div className="panel-head">
        <h2>{words.answerFor}</h2>
      </div>
      <Stack gap="sm">
        <p className="faint">{words.bankAsks}</p>
        <Ways ways={[...ways, 'cancelled', 'expired']} act={act} />
      </Stack>
    </section>
  )
}

interface AnswersProps {
  readonly question: Question
  readonly answer: (outcome: string, data: string) => void
}

/** Any outcome that the operation has, with data that may be changed. */
function OtherAnswers({ question: { choices }, answer }: AnswersProps) {
  const words = useWords(simulatorWords)
  const names: Readonly<Record<string, string>> = useWords(outcomeWords)
  const [outcome, setOutcome] = useState(choices[0]?.outcome ?? '')
  const sample = choices.find((each) => each.outcome === outcome)?.sample ?? '{}'
  const [data, setData] = useState<string>()
  const choose = (chosen: string | null): void => {
    setOutcome(chosen ?? outcome)
    setData(undefined)
  }
  const text = data ?? layOut(sample)
  return (
    <details className="simulator-more">
      <summary>{words.otherAnswers}</summary>
      <Stack gap="sm" mt="sm">
        {choices.length > 1 && (
          <Select
            label={words.outcome}
            data={choices.map(({ outcome: value }) => ({ value, label: nameOutcome(names, value) }))}
            value={outcome}
            onChange={choose}
            allowDeselect={false}
          />
        )}
        <Textarea
          classNames={{ input: 'mono' }}
          label={words.data}
          description={words.dataHelp}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={8000}
          value={text}
          onChange={(event) => setData(event.currentTarget.value)}
        />
        <Group>
          <Button size="xs" onClick={() => answer(outcome, text)}>
            {words.answer}
          </Button>
        </Group>
      </Stack>
    </details>
  )
}

/** Ours beside the operation's own name of it: the name is what a script says. */
function nameOutcome(names: Readonly<Record<string, string>>, outcome: string): string {
  const own = names[outcome]
  return own === undefined ? outcome : `${own} (${outcome})`
}

function layOut(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}

const failures = ['unreachable', 'late', 'refused', 'malformed'] as const

function HostPanel({ question, act }: QuestionProps) {
  const words = useWords(simulatorWords)
  const names = useWords(outcomeWords)
  return (
    <section className="panel" aria-label={words.answerHost}>
      <div className="panel-head">
        <h2>{words.answerHost}</h2>
        <code>{`${question.name} ${question.operation}`}</code>
      </div>
      <Stack gap="sm">
        <Values json={question.input} />
        <Group gap="xs" aria-label={words.fail} role="group">
          {failures.map((fails) => (
            <Button key={fails} size="xs" variant="default" onClick={() => act({ does: 'host', fails })}>
              {names[fails]}
            </Button>
          ))}
        </Group>
        <OtherAnswers question={question} answer={(_outcome, data) => act({ does: 'host', data })} />
      </Stack>
    </section>
  )
}

const ends = ['succeeded', 'declined'] as const

function UndecidedPanel({ orders, act }: { readonly orders: number } & Pick<Props, 'act'>) {
  const words = useWords(simulatorWords)
  return (
    <Alert color="yellow" title={count(orders, words.undecidedOne, words.undecided)} mb="md">
      <Stack gap="xs">
        {words.undecidedText}
        <Group gap="xs">
          {ends.map((result) => (
            <Button key={result} size="xs" variant="default" onClick={() => act({ does: 'settles', result })}>
              {words[`settled_${result}`]}
            </Button>
          ))}
        </Group>
      </Stack>
    </Alert>
  )
}
