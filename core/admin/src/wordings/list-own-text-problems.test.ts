import { text } from '@inthread/sdk'
import { describe, expect, it } from 'vitest'
import { listWordingProblems } from './list-own-text-problems.ts'

const declaration = text(
  { name: 'text', fare: 'money', seats: 'count', rate: 'text' },
  { 'zh-CN': '{{name}}：{{fare}}，满 100 元减', en: '{{name}}: {{fare}}{{#if seats}}, {{seats}}{{/if}}' },
)
const problemsOf = (source: string, locale = 'zh-CN') =>
  listWordingProblems({ declaration, locale, source }).map(({ message }) => message)

describe('a wording of a tenant', () => {
  it.each([
    '{{fare}}（{{name}}）',
    '{{fare}}，{{#if seats}}{{seats}} 张{{/if}}',
    '{{fare}}，满 100 元减，欢迎',
    '第 2 车 {{fare}}',
  ])('may be %j', (source) => expect(problemsOf(source)).toEqual([]))

  it.each([
    ['{{name}}', '{{fare}} has to stay'],
    ['{{#if name}}{{fare}}{{/if}}', '{{fare}} has to stay'],
    ['{{fare}} 另收 ¥5', 'writes an amount out'],
    ['{{fare}} 另收￥５', 'writes an amount out'],
    ['{{fare}} 另收 5.00 元', 'writes an amount out'],
    ['{{fare}} 另收 CNY 5', 'writes an amount out'],
    ['{{fare}} ¥{{seats}}', 'writes an amount out'],
    ['{{fare}} {{seats}}元', 'writes an amount out'],
    ['{{fare}} 收款方：张三', 'payee'],
    ['{{fare}} Payee: Li', 'payee'],
    ['【银行】{{fare}}', 'only the platform writes'],
    ['{{fare}}\u202e', 'only the platform writes'],
    ['{{fare}} 分 12 期，每期 {{fare}}', 'annual rate'],
    ['{{fare}} {{> other}}', 'not allowed'],
    ['{{fare}} {{secret}}', 'not a variable'],
  ])('may not be %j', (source, problem) => expect(problemsOf(source).join('; ')).toContain(problem))

  it('in a language that the plugin does not have keeps what all of its wordings show', () => {
    expect(problemsOf('{{name}}', 'fr').join()).toContain('{{fare}} has to stay')
    expect(problemsOf('{{name}} : {{fare}}', 'fr')).toEqual([])
  })
})
