import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listTemplateProblems } from '@inthread/messaging'
import { listManifestProblems, type Manifest } from '@inthread/sdk/manifest'
import { getTestSeed } from '../kit/chance/seed.ts'

const vars = { name: 'text', fare: 'count' } as const
const pieces = fc.constantFrom(
  ...[
    '{{name}}',
    '{{ fare }}',
    '{{#if name}}',
    '{{#unless fare}}',
    '{{else}}',
    '{{/if}}',
    '{{/unless}}',
    'a',
    ' ',
    '}}',
  ],
  ...['{{', '{', '\\', '{{{name}}}', '{{this}}', '{{name.x}}', '{{#each name}}', '{{! x }}', '{{~name}}', '{{#if}}'],
  ...['{{> x}}', '{{if}}', '{{log}}', '{{^}}', '{{#name}}', '{{/name}}', '{{[name]}}', '\n', '价'],
)

/** The problems of this wording, found without a template engine. */
function find(wording: string, keep: string[]): readonly string[] {
  const manifest: Manifest = {
    ...{ manifestVersion: 1, id: 'a', publisher: 'b', version: '1.0.0', host: '*', locales: ['en'] },
    ...{ title: { en: 'A' }, config: { schema: {}, version: 1, upgrades: [] }, secrets: {}, needs: {}, limits: {} },
    texts: { text: { vars, keep, wording: { en: wording } } },
    ...{ collections: {}, egress: {}, emits: {}, listens: {}, flows: {}, intents: [], menu: [], dialogues: {} },
  }
  return listManifestProblems(manifest).map(({ problem }) => problem)
}

describe('a wording that the manifest check takes', () => {
  it('is taken by the template engine', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), fc.boolean(), (parts, keeps) => {
        const keep = keeps ? ['name'] : []
        const wording = parts.join('')
        if (find(wording, keep).length > 0) return
        taken += 1
        expect(listTemplateProblems(wording, { vars: Object.keys(vars), keep }), wording).toEqual([])
      }),
      { seed: getTestSeed(), numRuns: 20_000 },
    )
    expect(taken).toBeGreaterThan(500)
  })

  it.each(['{{#if name}}{{name}}{{else}}{{name}} {{fare}}{{/if}}', '{{#unless fare}}free{{/unless}} {{name}}'])(
    'may be %s, where the name has to stay',
    (wording) => expect(find(wording, ['name'])).toEqual([]),
  )
})
