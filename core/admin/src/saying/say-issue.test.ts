import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { botSchema } from '../definition/schema.ts'
import { sayIssue } from './say-issue.ts'

const said = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value)
  return error?.issues.map(sayIssue).map(({ code, facts }) => [code, facts])
}

describe('what a schema finds', () => {
  it.each([
    [z.string().max(3), 'long', ['value.letters_at_most', { n: 3 }]],
    [z.array(z.string()).min(2), ['a'], ['value.entries_at_least', { n: 2 }]],
    [z.number().max(60), 90, ['value.at_most', { n: 60 }]],
    [z.number(), 'many', ['value.kind', { expected: 'number' }]],
    [z.enum(['a', 'b']), 'c', ['value.option', { options: 'a, b' }]],
    [z.string().regex(/^a/), 'b', ['value.form', {}]],
    [z.number().multipleOf(5), 7, ['value.step', { n: 5 }]],
  ])('has a code and its facts: %#', (schema, value, expected) => expect(said(schema, value)).toEqual([expected]))

  it('is ours where our schema says so, and somebody else’s words where theirs does', () => {
    const bot = { id: 'Rail', name: 'Rail', plugins: [] }
    expect(said(botSchema, bot)).toEqual([['form.name', {}]])
    const theirs = z.string().refine(() => false, 'ask for less')
    expect(said(theirs, 'x')).toEqual([['quoted', { words: 'ask for less' }]])
  })
})
