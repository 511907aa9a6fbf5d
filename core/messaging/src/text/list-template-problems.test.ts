import Handlebars from 'handlebars'
import { describe, expect, it } from 'vitest'
import type { Said } from '@inthread/sdk/fault'
import { listTemplateProblems } from './list-template-problems.ts'

const rules = { vars: ['name', 'fare'], keep: [] }
const messagesOf = (said: readonly Said[]): readonly string[] => said.map(({ message }) => message)
const problemsOf = (source: string): readonly string[] => messagesOf(listTemplateProblems(source, rules))

describe('a template', () => {
  it.each([
    '',
    'no variable at all: }} " \' <b> \\ 😀',
    '{{name}} pays {{fare}}',
    '{{ name }}{{~fare~}}',
    '{{[name]}}',
    '{{! a note }}{{!-- another {{ note --}}',
    '{{#if name}}{{name}}{{else}}nobody{{/if}}',
    '{{#unless fare}}free{{/unless}}',
    '{{#if name}}a{{else if fare}}b{{else}}c{{/if}}',
    '{{^if name}}nobody{{/if}}',
    '{{#if name}}{{#unless fare}}x{{/unless}}{{/if}}',
    String.raw`\{{name}} is written like this`,
  ])('may say %j', (source) => {
    expect(problemsOf(source)).toEqual([])
  })

  it.each([
    ['{{constructor}}', '{{constructor}} is not a variable of this text: name, fare'],
    ['{{constructor.name}}', '{{constructor.name}} is not a variable of this text: name, fare'],
    ['{{name.constructor}}', '{{name.constructor}} is not a variable of this text: name, fare'],
    ['{{__proto__}}', '{{__proto__}} is not a variable of this text: name, fare'],
    ['{{toString}}', '{{toString}} is not a variable of this text: name, fare'],
    ['{{nmae}}', '{{nmae}} is not a variable of this text: name, fare'],
    ['{{this}}', '{{this}} is not a variable of this text: name, fare'],
    ['{{.}}', '{{.}} is not a variable of this text: name, fare'],
    ['{{../name}}', '{{../name}} is not a variable of this text: name, fare'],
    ['{{./name}}', '{{./name}} is not a variable of this text: name, fare'],
    ['{{@root.name}}', '{{@root.name}} is not a variable of this text: name, fare'],
    ['{{name.length}}', '{{name.length}} is not a variable of this text: name, fare'],
    ['{{helperMissing}}', '{{helperMissing}} is a word of templates and names no variable'],
    ['{{log}}', '{{log}} is a word of templates and names no variable'],
    ['{{{name}}}', 'write a variable with two braces on either side'],
    ['{{&name}}', 'write a variable with two braces on either side'],
    ['{{> partial}}', 'PartialStatement is not allowed'],
    ['{{> (lookup . name)}}', 'PartialStatement is not allowed'],
    ['{{#> layout}}x{{/layout}}', 'PartialBlockStatement is not allowed'],
    ['{{* decorator}}', 'Decorator is not allowed'],
    ['{{#*inline "x"}}x{{/inline}}', 'DecoratorBlock is not allowed'],
    ['{{#each name}}x{{/each}}', '{{#each}} is not allowed: only if and unless'],
    ['{{#with name}}x{{/with}}', '{{#with}} is not allowed: only if and unless'],
    ['{{#name}}x{{/name}}', '{{#name}} is not allowed: only if and unless'],
    ['{{#log name}}x{{/log}}', '{{#log}} is not allowed: only if and unless'],
    ['{{#constructor name}}x{{/constructor}}', '{{#constructor}} is not allowed: only if and unless'],
    ['{{log name}}', 'a variable takes nothing after its name'],
    ['{{lookup name "constructor"}}', 'a variable takes nothing after its name'],
    ['{{name fare}}', 'a variable takes nothing after its name'],
    ['{{name a=fare}}', 'a variable takes nothing after its name'],
    ['{{"name"}}', 'only variables may stand between braces'],
    ['{{7}}', 'only variables may stand between braces'],
    ['{{true}}', 'only variables may stand between braces'],
    ['{{#if}}x{{/if}}', '{{#if}} takes exactly one variable'],
    ['{{#if name fare}}x{{/if}}', '{{#if}} takes exactly one variable'],
    ['{{#if name includeZero=true}}x{{/if}}', '{{#if}} takes exactly one variable'],
    ['{{#if (lookup name)}}x{{/if}}', 'only variables may stand between braces'],
    ['{{#if "name"}}x{{/if}}', 'only variables may stand between braces'],
    ['{{#if name}}{{secret}}{{/if}}', '{{secret}} is not a variable of this text: name, fare'],
    ['{{#if name}}x{{else}}{{secret}}{{/if}}', '{{secret}} is not a variable of this text: name, fare'],
    ['{{name', 'the braces do not close properly'],
    ['{{#if name}}x', 'the braces do not close properly'],
    ['{{#if name}}x{{/unless}}', 'the braces do not close properly'],
    ['{{}}', 'the braces do not close properly'],
    ['{{else}}', 'the braces do not close properly'],
  ])('may not say %s', (source, problem) => {
    expect(problemsOf(source)).toContain(problem)
  })

  it('says all that is wrong with it', () => {
    expect(problemsOf('{{{name}}} {{secret}} {{> x}}')).toEqual([
      'write a variable with two braces on either side',
      '{{secret}} is not a variable of this text: name, fare',
      'PartialStatement is not allowed',
    ])
  })

  it('has no variable where its text has none', () => {
    expect(messagesOf(listTemplateProblems('{{name}}', { vars: [], keep: [] }))).toEqual([
      '{{name}} is not a variable of this text: it has none',
    ])
  })

  it.each(['if', 'unless', 'each', 'with', 'log', 'lookup', 'helperMissing', 'blockHelperMissing'])(
    'has no variable called %s, not even where its text declares one',
    (name) => {
      const declared = { vars: [name], keep: [] }
      const problem = `{{${name}}} is a word of templates and names no variable`
      expect(messagesOf(listTemplateProblems(`{{${name}}}`, declared))).toEqual([problem])
      expect(messagesOf(listTemplateProblems(`{{#if ${name}}}x{{/if}}`, declared))).toEqual([problem])
    },
  )

  it('keeps what it has to keep, wherever it stands', () => {
    const keep = { vars: ['name', 'fare'], keep: ['name', 'fare'] }
    expect(messagesOf(listTemplateProblems('{{name}}', keep))).toEqual(['{{fare}} has to stay in this text'])
    expect(messagesOf(listTemplateProblems('{{name}}{{! {{fare}} }}', keep))).toContain(
      '{{fare}} has to stay in this text',
    )
    expect(messagesOf(listTemplateProblems('{{name}} {{fare}}', keep))).toEqual([])
  })

  it('that has to show a variable shows it to everybody', () => {
    const keep = { vars: ['name', 'fare'], keep: ['fare'] }
    expect(messagesOf(listTemplateProblems('{{#if fare}}paid{{/if}}', keep))).toEqual([
      '{{fare}} has to stay in this text',
    ])
    const hidden = '{{#if name}}{{fare}}{{/if}}'
    expect(messagesOf(listTemplateProblems(hidden, keep))).toEqual(['{{fare}} has to stay in this text'])
    expect(messagesOf(listTemplateProblems('{{#if name}}{{name}}: {{fare}}{{else}}{{fare}}{{/if}}', keep))).toEqual([])
  })
})

describe('the size of a template', () => {
  it('ends at 16,000 characters', () => {
    expect(problemsOf('a'.repeat(16_000))).toEqual([])
    expect(problemsOf('a'.repeat(16_001))).toEqual(['a template has at most 16000 characters'])
  })

  it('ends at 500 parts', () => {
    expect(problemsOf('{{name}}'.repeat(500))).toEqual([])
    expect(problemsOf('{{name}}'.repeat(501))).toEqual(['a template has at most 500 parts'])
  })

  it('ends at 32 blocks inside each other', () => {
    const nested = (depth: number): string => '{{#if name}}'.repeat(depth) + '{{/if}}'.repeat(depth)
    expect(problemsOf(nested(32))).toEqual([])
    expect(problemsOf(nested(33))).toEqual(['blocks stand inside each other more than 32 deep'])
  })

  it.each([800, 3000])('is refused quickly with %i blocks inside each other', (depth) => {
    const before = performance.now()
    expect(problemsOf('{{#if name}}'.repeat(depth) + '{{/if}}'.repeat(depth))).toHaveLength(1)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})

describe('something that is no text', () => {
  it.each([
    ['a syntax tree', Handlebars.parse('{{name}}')],
    ['a syntax tree made by hand', { type: 'Program', body: [{ type: 'NumberLiteral', value: 'process.exit()' }] }],
    ['an object that calls itself a text', { toString: (): string => '{{name}}' }],
    ['a list', ['{{name}}']],
    ['nothing', undefined],
  ])('is no template: %s', (_name, source) => {
    expect(messagesOf(listTemplateProblems(source as string, rules))).toEqual(['a template is a text'])
  })
})
