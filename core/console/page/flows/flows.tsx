import { Group, SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import { count, fillIn } from '../words/fill-in.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import type { Flow, Package } from './flow.ts'
import { FlowDrawing, useWayName } from './flow-drawing.tsx'
import { flowWords, stepWords } from './flow-words.ts'
import { PlainTable } from '../tables/plain-table.tsx'

/** The flows of a plugin, one at a time: drawn, or as a list of their steps. */
export function Flows({ plugin }: { readonly plugin: Package }) {
  const words = useWords(flowWords)
  const titles = useTitles(plugin)
  const [chosen, setChosen] = useState(plugin.flows[0]?.flow ?? '')
  const [how, setHow] = useState('drawing')
  const flow = plugin.flows.find((each) => each.flow === chosen)
  if (!flow) return null
  const title = titles(flow.flow)
  return (
    <section aria-label={words.flows}>
      <Group justify="space-between" align="flex-end" mb="sm">
        <Select
          label={words.choose}
          data={plugin.flows.map((each) => ({ value: each.flow, label: titles(each.flow) }))}
          value={chosen}
          onChange={(value) => setChosen(value ?? chosen)}
          allowDeselect={false}
          w={260}
        />
        <SegmentedControl
          aria-label={words.how}
          value={how}
          onChange={setHow}
          data={[
            { value: 'drawing', label: words.drawing },
            { value: 'list', label: words.list },
          ]}
        />
      </Group>
      <p className="flow-facts">
        <span>
          {count(flow.steps.length, words.stepsOne, words.steps)} · {fillIn(words.revision, { n: flow.revision })}
        </span>
        <Legend />
      </p>
      {how === 'drawing' ? <FlowDrawing flow={flow} title={title} /> : <StepList flow={flow} title={title} />}
    </section>
  )
}

/** A flow is called by the intents that begin it; one that nobody begins by words, by its id. */
function useTitles({ intents }: Package): (flow: string) => string {
  const language = useLanguage()
  return (flow) => {
    const titles = intents.filter((intent) => intent.flow === flow).map(({ title }) => pickWording(title, language))
    return titles.length === 0 ? flow : `${[...new Set(titles)].slice(0, 2).join(' / ')} · ${flow}`
  }
}

function Legend() {
  const words = useWords(flowWords)
  return (
    <span className="flow-legend">
      {(['money', 'outside', 'confidential'] as const).map((weight) => (
        <span key={weight} className={`flow-key flow-key-${weight}`}>
          {words[weight]}
        </span>
      ))}
    </span>
  )
}

function StepList({ flow, title }: { readonly flow: Flow; readonly title: string }) {
  const words = useWords(flowWords)
  const kinds: Readonly<Record<string, string>> = useWords(stepWords)
  const name = useWayName()
  return (
    <PlainTable label={title} heads={[words.step, words.kind, words.leadsTo]}>
      {flow.steps.map(({ name: step, kind, detail, weight, ways }) => (
        <tr key={step}>
          <td className="mono">{step}</td>
          <td>
            {kinds[kind] ?? kind} <span className="faint">{detail}</span>
            {weight !== 'plain' && <span className={`flow-key flow-key-${weight}`}>{words[weight]}</span>}
          </td>
          <td>
            {ways.map(({ to, by }, index) => (
              <div key={index}>
                {by !== '' && <span className="faint">{name(by)} → </span>}
                <span className="mono">{to}</span>
              </div>
            ))}
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
