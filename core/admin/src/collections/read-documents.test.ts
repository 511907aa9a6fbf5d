import { describe, expect, it } from 'vitest'
import type { Slots } from '@inthread/sdk/engine'
import { money } from '@inthread/sdk/money'
import { goods } from '../../test/sample-goods.ts'
import { toCell, toPlain } from './plain-value.ts'
import { readDocuments, type ReadDocuments } from './read-documents.ts'

const head = 'id,name,fare,day,leaves,stock,open,note,until,tags'
const line = 'a,Tea,553.50 CNY,2026-03-05,2026-03-05T10:00:00+08:00,7,true,,,"[""x"",""y""]"'
const document = {
  id: 'a',
  name: 'Tea',
  fare: money('553.50', 'CNY'),
  day: '2026-03-05',
  leaves: 1_772_676_000_000_000,
  stock: 7n,
  open: true,
  until: null,
  tags: ['x', 'y'],
}

const read = (text: string, format: 'csv' | 'json' = 'csv'): Promise<ReadDocuments> =>
  readDocuments({ plugin: goods, collection: 'items', format, text })

describe('a table', () => {
  it('becomes documents: amounts, days, moments, flags, lists', async () => {
    expect(await read(`${head}\n${line}\n`)).toEqual({ documents: [document], lines: 1, problems: [], bad: 0 })
  })

  it.each([
    ['a byte order mark and Windows line ends', `\ufeff${head}\r\n${line}\r\n\r\n`],
    [
      'columns in another order',
      [
        'name,id,fare,day,leaves,stock,open,tags,until',
        `Tea,a,553.50 CNY,2026/3/5,${document.leaves},7,true,"[""x"",""y""]",\n`,
      ].join('\n'),
    ],
  ])('may have %s', async (_what, text) => {
    expect((await read(text)).documents).toEqual([document])
  })

  it('names every bad line with its field', async () => {
    const bad = [
      line.replace('a,Tea', ',Tea'),
      line.replace('553.50 CNY', '553.505 CNY'),
      line.replace('2026-03-05,', '5.3.2026,'),
      line.replace('true', 'yes'),
      'too,few',
      line,
      line,
    ]
    const { problems, bad: count, documents, lines } = await read([head, ...bad].join('\n'))
    expect(problems.map((problem) => [problem.line, problem.field])).toEqual([
      [2, 'id'],
      [3, 'fare'],
      [4, 'day'],
      [5, 'open'],
      [6, ''],
      [8, 'id'],
    ])
    expect(problems.at(-1)?.message).toBe('"a" is there already, in line 7')
    expect({ count, good: documents.length, lines }).toEqual({ count: 6, good: 1, lines: 7 })
  })

  it('names a hundred bad lines and counts them all', async () => {
    const { problems, bad } = await read([head, ...Array.from({ length: 300 }, () => 'x')].join('\n'))
    expect(problems).toHaveLength(100)
    expect(bad).toBe(300)
  })

  it('says where it cannot be read on', async () => {
    const { problems } = await read(`${head}\n${line}\nb,"Tea,1\n`)
    expect(problems[0]?.message).toContain('cannot be read on from here')
  })

  it('names a column that the collection does not have', async () => {
    const { problems } = await read(`${head},price\n${line},3\n`)
    expect(problems).toMatchObject([{ line: 2, message: expect.stringContaining('price') as string }])
  })

  it('names what is too long for a key, or no member of an index', async () => {
    const { problems } = await read(`${head}\n${line.replace('a,Tea', `${'k'.repeat(191)},Tea`)}\n`)
    expect(problems).toMatchObject([{ line: 2, field: 'id', message: expect.stringContaining('190') as string }])
  })
})

describe('a list', () => {
  it('becomes the same documents', async () => {
    const list = JSON.stringify([toPlain(document)])
    expect(JSON.parse(list)).toMatchObject([{ fare: { value: '55350', currency: 'CNY' }, stock: '7' }])
    expect((await read(list, 'json')).documents).toEqual([document])
  })

  it.each([
    ['{"a":1}', 'a JSON data file holds a list'],
    ['[1]', 'each member of the list is an object'],
    ['[', 'this is not JSON'],
  ])('is not %s', async (text, message) => {
    expect((await read(text, 'json')).problems[0]?.message).toContain(message)
  })
})

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', "'=1", "'x", '＝1+1', '＋1', ' =1', "' =1"])(
    'of %j is no formula, and reads back',
    async (name) => {
      const cell = toCell(name)
      expect(cell).not.toMatch(/^\s*[=+\-@\t\r\n＝＋]/)
      const quoted = `"${cell.replaceAll('"', '""')}"`
      const { documents } = await read(`${head}\n${line.replace('Tea', quoted)}\n`)
      // The reader trims what stands around a value, so blanks in front are gone.
      expect(documents.map((each: Slots) => each['name'])).toEqual([name])
    },
  )

  it('holds a number below nothing as it is', () => {
    expect(toCell(-5)).toBe('-5')
    expect(toCell(money('-5.00', 'CNY'))).toBe('-5.00 CNY')
  })
})

describe('fifty thousand lines', () => {
  it('are read without holding up everything else', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => line.replace('a,Tea', `k${index},Tea`))
    let breaths = 0
    const watching = setInterval(() => (breaths += 1), 1)
    const { documents, bad } = await read([head, ...lines].join('\n'))
    clearInterval(watching)
    expect({ good: documents.length, bad }).toEqual({ good: 50_000, bad: 0 })
    expect(breaths).toBeGreaterThan(20)
  })
})
