import { describe, expect, it } from 'vitest'
import { count, flag, id, instant, json, money, nullable, ref, renderTable, sealed, table, text } from './vocabulary.ts'

const sample = table(
  'sample',
  {
    id: id(),
    name: ref(),
    note: nullable(text()),
    more: json(),
    box: sealed(),
    amount_minor: money(),
    at: instant(),
    n: count(),
    done: flag(),
  },
  { primary: ['id'], unique: { name: ['name', 'n'] }, index: { time: ['at'] } },
)

describe('table', () => {
  it('lets money end in _minor, and nothing else', () => {
    expect(() => table('t', { amount: money() }, { primary: ['amount'] })).toThrow('t.amount')
    expect(() => table('t', { amount_minor: count() }, { primary: ['amount_minor'] })).toThrow('t.amount_minor')
    expect(table('t', { fee_minor: nullable(money()) }, { primary: ['fee_minor'] }).name).toBe('t')
  })
})

describe('renderTable', () => {
  it('gives strict tables and separate indexes to SQLite', () => {
    expect(renderTable(sample, 'sqlite')).toEqual([
      'CREATE TABLE IF NOT EXISTS "sample" ("id" TEXT NOT NULL, "name" TEXT NOT NULL, "note" TEXT, ' +
        '"more" TEXT NOT NULL, "box" TEXT NOT NULL, "amount_minor" INTEGER NOT NULL, "at" INTEGER NOT NULL, ' +
        '"n" INTEGER NOT NULL, "done" INTEGER NOT NULL, PRIMARY KEY ("id")) STRICT',
      'CREATE UNIQUE INDEX IF NOT EXISTS "sample_name" ON "sample" ("name", "n")',
      'CREATE INDEX IF NOT EXISTS "sample_time" ON "sample" ("at")',
    ])
  })

  it.each([
    ['mariadb', 'utf8mb4_nopad_bin'],
    ['mysql', 'utf8mb4_0900_bin'],
  ] as const)('gives %s one statement, compared byte by byte', (flavour, collation) => {
    expect(renderTable(sample, flavour)).toEqual([
      'CREATE TABLE IF NOT EXISTS `sample` (`id` varchar(36) NOT NULL, `name` varchar(190) NOT NULL, ' +
        '`note` mediumtext NULL, `more` mediumtext NOT NULL, `box` mediumtext NOT NULL, ' +
        '`amount_minor` bigint NOT NULL, `at` bigint NOT NULL, `n` bigint NOT NULL, `done` tinyint NOT NULL, ' +
        'PRIMARY KEY (`id`), UNIQUE KEY `name` (`name`, `n`), KEY `time` (`at`)) ' +
        `ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE ${collation}`,
    ])
  })
})
