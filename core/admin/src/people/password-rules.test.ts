import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findPasswordProblem } from './password-rules.ts'

const olive = { email: 'olive.green@rail.example', name: 'Olive Green', places: ['northern-rail'] }
const judge = (password: string) => findPasswordProblem(password, olive, undefined)

describe('a password', () => {
  it.each([
    ['short', 'elevenchars'],
    ['short', '十一个字符的密码不够长'],
    ['long', 'ab cd ef '.repeat(15)],
    ['plain', 'aaaaaaaaaaaaaaaaaaaa'],
    ['plain', '121212121212121'],
    ['personal', 'my olive.green@rail.example'],
    ['personal', 'OLIVE-GREEN likes tea'],
    ['personal', 'with Northern Rail to work'],
    ['common', 'qwertyuiop12'],
    ['common', '2026password2026!'],
    ['common', 'Justinbieber'],
  ])('that is %s is not taken: %j', async (problem, password) => {
    expect(await judge(password)).toBe(problem)
  })

  it.each(['a rainy day in spring', '春天里的一个下雨天，我们去散步', 'kR7$plq9-Zt2m', 'ab cd ef gh ij kl'])(
    'of this kind is: %j',
    async (password) => {
      expect(await judge(password)).toBeUndefined()
    },
  )

  it('is looked up elsewhere by five digits, and taken when there is no answer', async () => {
    const asked: string[] = []
    const read = (answer: string | undefined) => (prefix: string) => {
      asked.push(prefix)
      return Promise.resolve(answer)
    }
    const password = 'a rainy day in spring'
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
    const known = `0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n${digest.slice(5)}:7`
    expect(await findPasswordProblem(password, olive, read(known))).toBe('common')
    expect(await findPasswordProblem(password, olive, read(`${digest.slice(5)}:0`))).toBeUndefined()
    expect(await findPasswordProblem(password, olive, read('<html>busy</html>'))).toBeUndefined()
    expect(await findPasswordProblem(password, olive, read(undefined))).toBeUndefined()
    expect(new Set(asked)).toEqual(new Set([digest.slice(0, 5)]))
  })
})
