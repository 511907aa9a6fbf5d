import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineContract, definePlugin, text, z } from '@inthread/sdk'
import type { TextDeclaration } from '@inthread/sdk/engine'
import { isFault } from '@inthread/sdk/fault'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { listTemplateProblems } from './list-template-problems.ts'
import { TextRenderer } from './renderer.ts'

const declared = {
  name: 'text',
  fare: 'count',
  if: 'text',
  constructor: 'text',
  length: 'count',
  'a b': 'text',
} as const
const names = [
  ...Object.keys(declared),
  ...['this', '.', '..', 'unless', 'each', 'with', 'log', 'lookup', 'helperMissing', 'blockHelperMissing', 'else'],
  ...['__proto__', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf', '@root', '@index', '@key'],
  ...[
    'name.constructor',
    'fare.length',
    '../name',
    './name',
    '[name]',
    '[a b]',
    'name/fare',
    '0',
    '-1',
    'true',
    'null',
  ],
  ...['undefined', '"name"', "'x'", '(lookup name "x")', '(if name)', 'a=name', 'as |x|', '*x', '> x', '#x', '^', '&'],
]
const spare = fc.constantFrom('', ' ', '~', '\n', '#', '^', '/', '&', '>', '*', '!', '!--')
const word = fc.constantFrom(...names)
const plain = fc.constantFrom(
  'a',
  '价',
  ' ',
  '\n',
  '\\',
  '"',
  '}}',
  '{',
  '{{',
  '{{{',
  '{{{{',
  '<',
  '😀',
  'x'.repeat(900),
)

/** Pieces of the template language, put together by their grammar or against it. */
const { template } = fc.letrec<{ template: string; piece: string }>((tie) => ({
  template: fc.array(tie('piece'), { maxLength: 6 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    plain,
    word.map((name) => `{{${name}}}`),
    fc.tuple(spare, word, spare).map(([before, name, after]) => `{{${before}${name}${after}}}`),
    fc.tuple(word, word).map(([name, other]) => `{{${name} ${other}}}`),
    word.map((name) => `{{{${name}}}}`),
    fc
      .tuple(
        fc.constantFrom('if', 'unless', 'each', 'with', 'name', '*inline "x"', '> layout', 'constructor'),
        word,
        tie('template'),
      )
      .map(([block, name, inner]) => `{{#${block} ${name}}}${inner}{{/${block.replace(/[*> ].*/, '')}}}`),
    fc
      .tuple(fc.constantFrom('#if', '#unless', '^if', '#if', '~#if'), word, tie('template'), tie('template'))
      .map(
        ([block, name, inner, other]) =>
          `{{${block} ${name}}}${inner}{{else}}${other}{{/${block.replace(/[^a-z]/g, '')}}}`,
      ),
    fc.tuple(word, tie('template')).map(([name, inner]) => `{{^if ${name}}}${inner}{{/if}}`),
    fc.tuple(word, tie('template')).map(([name, inner]) => `{{{{if ${name}}}}}${inner}{{{{/if}}}}`),
  ),
}))

function pluginOf(wording: string) {
  const declaration: TextDeclaration = text(declared, { en: wording })
  const contract = defineContract({
    id: 'sample',
    publisher: 'somebody',
    version: '1.0.0',
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Sample' },
    config: z.strictObject({}),
    needs: {},
    texts: { sample: declaration },
    collections: {},
  })
  return definePlugin(contract, { flows: [] })
}

const vars = { name: 'Li', fare: 0, if: 'if', constructor: 'builder', length: 3, 'a b': '' }
const rules = { vars: Object.keys(declared), keep: [] }

/** What every object has: a template that changes it would change the whole process. */
const fingerprint = (): string =>
  [Object, Function, Array, String, Number, RegExp, Promise, Error]
    .map(({ name, prototype }) => `${name}: ${Reflect.ownKeys(prototype).map(String).join()}`)
    .concat(Object.keys(globalThis).join())
    .join('\n')

function write(wording: string): string | undefined {
  try {
    return new TextRenderer().render(pluginOf(wording), { template: 'sample', vars }, { locale: 'en', timeZone: 'UTC' })
  } catch (error) {
    if (isFault(error)) return undefined
    throw new Error(`not a fault for ${JSON.stringify(wording)}`, { cause: error })
  }
}

describe('templates by chance', () => {
  it('are written or refused with a fault, at most 8,000 characters, and change nothing around them', () => {
    const before = fingerprint()
    const seen = { written: 0, refused: 0 }
    fc.assert(
      fc.property(template, (wording) => {
        const problems = listTemplateProblems(wording, rules)
        const written = write(wording)
        if (problems.length > 0) expect(written).toBeUndefined()
        else if (written !== undefined) expect(written.length).toBeLessThanOrEqual(8000)
        seen[written === undefined ? 'refused' : 'written'] += 1
      }),
      { seed: getTestSeed(), numRuns: 4000 },
    )
    expect(fingerprint()).toBe(before)
    expect(Math.min(seen.written, seen.refused)).toBeGreaterThan(300)
  })

  it('are written whenever nothing is wrong with them', () => {
    fc.assert(
      fc.property(template, (wording) => {
        fc.pre(listTemplateProblems(wording, rules).length === 0 && wording.length < 1000)
        expect(write(wording)).toBeTypeOf('string')
      }),
      { seed: getTestSeed(), numRuns: 1000 },
    )
  })
})
