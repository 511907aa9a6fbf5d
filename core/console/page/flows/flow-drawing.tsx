import { ActionIcon, Group } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
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
  const [scale, setScale] = useState(1)
  const show = (step: string): void => scrollTo(frame.current, places.get(step), scale)
  useEffect(() => show(flow.start), [flow])
  const fit = (): void => setScale(Math.max(leastScale, Math.min(1, (frame.current?.clientWidth ?? width) / width)))
  return (
    <div className="flow-frame">
      <Zoom scale={scale} change={setScale} fit={fit} />
      <div className="flow-window" ref={frame} tabIndex={0} role="group" aria-label={`${words.drawing}: ${title}`}>
        <svg
          className="flow-drawing"
          role="img"
          aria-label={title}
          width={width * scale}
          height={height * scale}
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
    </div>
  )
}

const [leastScale, mostScale] = [0.3, 1.6]

interface ZoomProps {
  readonly scale: number
  readonly change: (scale: number) => void
  /** As wide as the window. */
  readonly fit: () => void
}

function Zoom({ scale, change, fit }: ZoomProps) {
  const words = useWords(flowWords)
  const looks = { variant: 'default', size: 'md' } as const
  return (
    <Group gap={4} className="flow-zoom">
      <ActionIcon {...looks} aria-label={words.smaller} onClick={() => change(Math.max(leastScale, scale / 1.25))}>
        <IconMinus size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon {...looks} aria-label={words.larger} onClick={() => change(Math.min(mostScale, scale * 1.25))}>
        <IconPlus size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon {...looks} aria-label={words.fit} onClick={fit}>
        <IconArrowsMaximize size={15} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

function scrollTo(frame: HTMLElement | null, place: Place | undefined, scale: number): void {
  if (!frame || !place) return
  const [left, top] = [place.x * scale - frame.clientWidth / 2, place.y * scale - frame.clientHeight / 3]
  frame.scrollTo({ left, top })
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
