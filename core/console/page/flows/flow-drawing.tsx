import { useEffect, useMemo, useRef } from 'react'
import { useWords } from '../words/use-words.ts'
import type { Flow, FlowStep } from './flow.ts'
import { flowWords, stepWords, wayWords } from './flow-words.ts'
import { layOutFlow, stepSize, type Arrow, type Jump, type Place } from './lay-out-flow.ts'

/** A flow as boxes and arrows; whoever cannot see it has the list of its steps. */
export function FlowDrawing({ flow, title }: { readonly flow: Flow; readonly title: string }) {
  const words = useWords(flowWords)
  const name = useWayName()
  const { width, height, places, arrows, jumps } = useMemo(() => layOutFlow(flow, name), [flow, words])
  const frame = useRef<HTMLDivElement>(null)
  const show = (step: string): void => scrollTo(frame.current, places.get(step))
  useEffect(() => show(flow.start), [flow])
  return (
    <div className="flow-window" ref={frame} tabIndex={0} role="group" aria-label={`${words.drawing}: ${title}`}>
      <svg
        className="flow-drawing"
        role="img"
        aria-label={title}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <defs>
          <marker id="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" className="flow-tip" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <ArrowLine key={arrow.key} arrow={arrow} />
        ))}
        {jumps.map((jump) => (
          <JumpMark key={jump.key} jump={jump} show={show} />
        ))}
        {flow.steps.map((step) => (
          <StepBox
            key={step.name}
            step={step}
            at={places.get(step.name) ?? { x: 0, y: 0 }}
            isStart={step.name === flow.start}
          />
        ))}
      </svg>
    </div>
  )
}

function scrollTo(frame: HTMLElement | null, place: Place | undefined): void {
  if (!frame || !place) return
  frame.scrollTo({ left: place.x - frame.clientWidth / 2, top: place.y - frame.clientHeight / 3 })
}

function ArrowLine({ arrow: { path, label, at } }: { readonly arrow: Arrow }) {
  return (
    <g className="flow-way">
      <path d={path} markerEnd="url(#flow-tip)" />
      {label !== '' && (
        <text x={at.x} y={at.y + 4}>
          {shorten(label, 22)}
        </text>
      )}
    </g>
  )
}

function JumpMark({ jump: { to, at, width }, show }: { readonly jump: Jump; readonly show: (step: string) => void }) {
  return (
    <g className="flow-jump" onClick={() => show(to)}>
      <title>{to}</title>
      <rect x={at.x - width / 2} y={at.y - 11} width={width} height={22} rx={11} />
      <text x={at.x} y={at.y + 4}>{`↪ ${shorten(to, 24)}`}</text>
    </g>
  )
}

interface BoxProps {
  readonly step: FlowStep
  readonly at: Place
  readonly isStart: boolean
}

function StepBox({ step: { name, kind, detail, weight }, at, isStart }: BoxProps) {
  const kinds = useWords(stepWords)
  const told = [kinds[kind as keyof typeof kinds] ?? kind, detail].join(' ').trim()
  const [left, top] = [at.x - stepSize.width / 2, at.y - stepSize.height / 2]
  return (
    <g className={`flow-step flow-${weight} ${isStart ? 'flow-start' : ''}`}>
      <title>{`${name} · ${told}`}</title>
      <rect x={left} y={top} {...stepSize} rx={kind === 'end' ? 23 : 7} />
      <text x={at.x} y={at.y - 4} className="flow-name">
        {shorten(name, 24)}
      </text>
      <text x={at.x} y={at.y + 13} className="flow-told">
        {shorten(told, 27)}
      </text>
    </g>
  )
}

const shorten = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** `answer, case 1` word by word. */
export function useWayName(): (by: string) => string {
  const words: Readonly<Record<string, string>> = useWords(wayWords)
  const { nth } = useWords(flowWords)
  const name = (each: string): string =>
    words[each] ?? each.replace(/^case (\d+)$/, (_, n: string) => nth.replace('{n}', n))
  return (by) => (by === '' ? '' : by.split(', ').map(name).join(', '))
}
