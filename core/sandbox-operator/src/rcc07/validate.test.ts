import { describe, expect, test } from 'vitest'
import { bodyVectors } from '../kit/vectors.ts'
import { findMenuProblem, findMessageProblem, findOperatorMenuProblem } from './validate.ts'

describe('RCC.07 bodies', () => {
  test('there are vectors of every kind', () => {
    expect(bodyVectors.filter(({ valid }) => valid).length).toBeGreaterThan(20)
    expect(bodyVectors.filter(({ valid }) => !valid).length).toBeGreaterThan(30)
  })

  test.each(bodyVectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const problem = vector.schema === 'menu' ? findMenuProblem(vector.body) : findMessageProblem(vector.body)
    expect(problem === undefined, JSON.stringify(problem)).toBe(vector.valid)
  })

  test('the operators’ menu limits', () => {
    for (const { schema, valid, operator, body } of bodyVectors.filter((vector) => vector.schema === 'menu')) {
      expect(schema).toBe('menu')
      expect(findOperatorMenuProblem(body) === undefined).toBe(valid && operator !== 'invalid')
    }
  })

  test('labels are counted in code points: 25 emoji fit, 26 do not', () => {
    const body = (label: string): unknown => ({ suggestions: [{ reply: { displayText: label } }] })
    expect(findMessageProblem(body('🙂'.repeat(25)))).toBeUndefined()
    expect(findMessageProblem(body('🙂'.repeat(26)))?.pointer).toBe('#/suggestions/0/reply/displayText')
  })

  test('the problem names the place', () => {
    const bad = bodyVectors.find(({ name }) => name === 'i19-filesize-string')
    expect(findMessageProblem(bad?.body)).toEqual({
      pointer: '#/message/generalPurposeCard/content/media/mediaFileSize',
      rule: 'must be integer',
      keyword: 'type',
    })
  })
})
