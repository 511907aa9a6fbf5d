import { expect, it } from 'vitest'
import { copyManifest } from '../../test/sample-plugin.ts'
import { drawFlow, outlineFlow } from './draw-flow.ts'

it('draws every step with its kind, money marked, time-outs dashed', () => {
  expect(drawFlow(copyManifest(), 'order')).toBe(`flowchart TD
  start(["order · revision 2"]) --> s0
  s0[/"which · ask tea"/]
  s1[["pay · call pay.pay"]]:::money
  s2(["wait · wait pay.settled"])
  s3>"pour · emit poured"]
  s4(("end · end"))
  s0 -->|"answer"| s1
  s0 -.->|"time-out"| s4
  s1 -->|"succeeded"| s3
  s1 -->|"declined"| s0
  s1 -->|"cancelled"| s4
  s1 -.->|"expired"| s4
  s1 -->|"unknown"| s2
  s2 -->|"happened"| s3
  s2 -.->|"limit"| s4
  s3 --> s4
  classDef money fill:#fde68a,stroke:#b45309,stroke-width:3px,color:#111
  classDef outside fill:#dbeafe,stroke:#1d4ed8,color:#111
  classDef confidential fill:#fee2e2,stroke:#b91c1c,color:#111
`)
})

it('writes nothing into the drawing that a name could break out of', () => {
  const manifest = copyManifest()
  Object.assign(manifest.flows['order']?.steps ?? {}, { 'a"]<script>': { kind: 'end', returns: false } })
  expect(drawFlow(manifest, 'order')).toContain('s5(("a#34;]#60;script#62; · end"))')
  expect(() => drawFlow(manifest, 'cake')).toThrow('has no flow cake')
})

it('outlines every step with what weighs about it, for whoever draws it otherwise', () => {
  const steps = outlineFlow(copyManifest(), 'order')
  expect(steps.map(({ name, kind, weight }) => [name, kind, weight])).toEqual([
    ['which', 'ask', 'plain'],
    ['pay', 'call', 'money'],
    ['wait', 'wait', 'plain'],
    ['pour', 'emit', 'plain'],
    ['end', 'end', 'plain'],
  ])
  expect(steps[0]).toMatchObject({
    detail: 'tea',
    ways: [
      { to: 'pay', by: 'answer' },
      { to: 'end', by: 'time-out' },
    ],
  })
  expect(() => outlineFlow(copyManifest(), 'none')).toThrow('has no flow none')
})
