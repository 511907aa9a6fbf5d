import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { runInthread, type Ended } from '../kit/outside/command.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const story = 'plugins/travel/stories/s09-ticket.json'
const tenant = 'tenants/northern-rail'
const noStack = expect.not.stringMatching(/^\s+at /m)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inthread-command-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const linesOf = ({ output }: Ended): string[] => output.trimEnd().split('\n')
const run = (...given: readonly string[]): Promise<Ended> => runInthread(given)

describe('inthread', () => {
  it('tells what it can do, each command with --help and --json', async () => {
    const whole = await run('--help')
    expect(whole).toMatchObject({ code: 0, errors: '' })
    const commands = [
      'serve',
      'migrate',
      'doctor',
      'schema',
      'apply',
      'story',
      'keys',
      'proposals',
      'refunds',
      'breaks',
      'orders',
      'tenants',
      'threads',
    ]
    for (const command of commands) expect(whole.output).toMatch(new RegExp(`^  ${command} `, 'm'))
    for (const help of await Promise.all(commands.map((command) => run(command, '--help')))) {
      expect(help).toMatchObject({ code: 0, errors: '' })
      expect(help.output).toContain('--json')
    }
  })

  it.concurrent.each([
    [['dance'], "unknown command 'dance'"],
    [['apply'], "missing required argument 'path'"],
    [['apply', tenant, '--fast'], "unknown option '--fast'"],
    [['story', story, '--patience', 'long'], 'Write a number of seconds'],
    [['schema', 'moon'], 'there are "tenant" and "story"'],
    [['apply', '/nowhere/at-all'], 'There is nothing at /nowhere/at-all.'],
    [['story', '/nowhere/at-all.json'], 'There is no story at /nowhere/at-all.json.'],
  ])('%j is bad input', async (given, said) => {
    const { code, output, errors } = await run(...given)
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain(said)
    expect(errors).toEqual(noStack)
  })

  it('prints JSON Schemas', async () => {
    const [ofTenant, ofStory] = await Promise.all([run('schema', 'tenant'), run('schema', 'story')])
    expect(JSON.parse(ofTenant.output)).toMatchObject({ required: ['tenant', 'bots', 'operators', 'banks'] })
    expect(JSON.parse(ofStory.output)).toMatchObject({ required: ['id', 'title', 'given', 'turns', 'final'] })
  })

  it('says that no platform is running, and how to start one', async () => {
    const home = ['--home', join(folder, 'nobody')]
    for (const given of [
      ['apply', tenant],
      ['story', story],
    ]) {
      const { code, errors } = await run(...given, ...home)
      expect(code).toBe(3)
      expect(errors).toContain(`is running in ${home[1]}: start`)
      expect(errors).toContain('npm start')
    }
    const elsewhere = await run('apply', tenant, '--url', 'http://127.0.0.1:1', '--key', 'k', '--json')
    expect(elsewhere.code).toBe(3)
    expect(JSON.parse(elsewhere.output)).toEqual({
      error: expect.stringContaining('no answer from http://127.0.0.1:1'),
    })
  })

  it('names everything that is wrong in a story, with its place', async () => {
    const { given, turns } = JSON.parse(readFileSync(story, 'utf8')) as { given: object; turns: object[] }
    const path = write('story.json', {
      id: 'Not An Id',
      title: 'five mistakes',
      given: { ...given, clock: 'tomorrow' },
      turns: [
        { ...turns[0], tap: '对' },
        { tap: '对', expectBot: [{ speeker: 'bank', text: 'x' }] },
      ],
      final: {},
    })
    const { code, output } = await run('story', path)
    expect(code).toBe(2)
    expect(
      output
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ')[0]),
    ).toEqual([
      '$.id',
      '$.given.clock',
      '$.turns[0]',
      '$.turns[1].expectBot[0].speeker',
      '$.final.debits',
      `5 problems in ${path}; nothing was played.`,
    ])
    const { output: json } = await run('story', write('broken.json', '{ "id": '), '--json')
    expect(JSON.parse(json)).toEqual({ problems: [{ path: '$', message: expect.stringContaining('is not JSON') }] })
  })
})

describe('inthread beside a running sandbox', () => {
  let database: TestDatabase
  let sandbox: Sandbox
  let home: readonly string[]
  beforeAll(async () => {
    database = await createSqliteDatabase()
    sandbox = await openSandbox({ database })
    home = ['--home', join(database.folder, 'home')]
  })
  afterAll(async () => {
    await sandbox.stop()
    await database.drop()
  })

  it('shows the plan on a dry run, applies once, and then has nothing to change', async () => {
    const dry = await run('apply', tenant, '--dry-run', ...home)
    expect(dry).toMatchObject({ code: 0, errors: '' })
    expect(linesOf(dry)).toEqual([
      expect.stringMatching(/^update bot rail +\$\.bots\[0\]$/),
      expect.stringMatching(/^ +logo: from "data:image.+ to "data:image.+… \(\d+\)$/),
      'Dry run: nothing was changed.',
    ])
    const { epoch } = await sandbox.api.tenants.get.query({ tenant: 'northern-rail' })
    expect(linesOf(await run('apply', `${tenant}/tenant.json`, ...home)).at(-1)).toBe(
      `Applied; northern-rail is at epoch ${epoch + 1}.`,
    )
    const again = await run('apply', tenant, ...home)
    expect([again.code, linesOf(again)]).toEqual([0, ['Nothing to change.']])
    const { output } = await run('apply', tenant, ...home, '--json')
    expect(JSON.parse(output)).toEqual({
      tenant: 'northern-rail',
      applied: false,
      plan: [],
      problems: [],
      epoch: epoch + 1,
      waiting: null,
      words: [],
      wouldWait: [],
    })
  })

  it('names five mistakes in a definition and changes nothing', async () => {
    const definition = JSON.parse(readFileSync(`${tenant}/tenant.json`, 'utf8')) as Record<string, never[]>
    const [bots, operators, banks] = ['bots', 'operators', 'banks'].map((name) => definition[name] ?? [])
    const path = write('tenant.json', {
      ...definition,
      tenant: { ...definition['tenant'], timeZone: 'Mars/Olympus' },
      bots: bots?.map((bot: object) => ({ ...bot, logo: undefined, colour: 'red' })),
      operators: operators?.map((operator: object) => ({
        ...operator,
        bot: 'bus',
        appKey: { secret: 'env:NOT_SET_ANYWHERE' },
      })),
      banks: banks?.map((bank: object) => ({ ...bank, connector: 'telepathy' })),
      data: [],
    })
    const { code, output } = await run('apply', path, ...home)
    expect(code).toBe(2)
    const [last, ...problems] = output.trimEnd().split('\n').toReversed()
    expect(last).toBe('5 problems; nothing was changed.')
    expect(problems.map((line) => line.split(': ')[0]).sort()).toEqual([
      '$.banks[0].connector',
      '$.bots[0].colour',
      '$.operators[0].appKey',
      '$.operators[0].bot',
      '$.tenant.timeZone',
    ])
  })

  it('does not accept another key, and shows none', async () => {
    const { code, errors } = await run('apply', tenant, ...home, '--key', 'ik_wrong')
    expect(code).toBe(3)
    expect(errors).toContain('does not know this key')
    expect(errors).not.toContain('ik_wrong')
  })

  it('plays a story, turn by turn, and fails one that is not as written', async () => {
    const played = await run('story', story, ...home)
    expect({ code: played.code, errors: played.errors }).toEqual({ code: 0, errors: '' })
    expect(played.output).toMatch(/^ok      6 says   \{\{code\}\}/m)
    expect(played.output).toMatch(/bank     支付成功 ¥553\.50/)
    expect(linesOf(played).at(-1)).toMatch(/^Passed: 6 turns in /)

    const wrong = JSON.parse(readFileSync(story, 'utf8')) as { turns: { expectBot: unknown[] }[] }
    wrong.turns[1]?.expectBot.splice(0, 1, { speaker: 'bank', text: 'G308' })
    const failed = await run('story', write('wrong.json', wrong), ...home, '--json')
    expect(failed.code).toBe(1)
    const report = JSON.parse(failed.output) as { passed: boolean; turns: { problems: string[] }[] }
    expect(report).toMatchObject({ id: 's09-ticket', passed: false })
    expect(report.turns.map(({ problems }) => problems.length)).toEqual([0, 1])
    expect(report.turns[1]?.problems[0]).toContain('is not the bank’s')
  })

  it('tries what the bot would say, and why, without anybody hearing it', async () => {
    const mine = [...home, '--tenant', 'northern-rail']
    const acts = ['明天上午从成都到北京，一张二等座', 'tap:对', 'tap:选 G308', 'tap:支付']
    const declined = await run('threads', 'simulate', ...acts, 'bank:declines', ...mine)
    expect(declined).toMatchObject({ code: 0, errors: '' })
    expect(declined.output).toMatch(/^> 明天上午从成都到北京，一张二等座 {4}understood {2}travel › book /m)
    expect(declined.output).toMatch(/^ {4}bank main opened: payment\.pay .*"55350"/m)
    expect(linesOf(declined).slice(-3).join()).toContain('余额不足')
    const asked = await run('threads', 'simulate', ...acts, ...mine, '--draft', tenant)
    expect(linesOf(asked).at(-1)).toBe('waits at payment › pay › confirm (confirm)')
    const [missed, wrong, draftless, dances] = await Promise.all([
      run('threads', 'simulate', 'tap:no such button', ...mine),
      run('threads', 'simulate', 'wait:long', ...mine),
      run('threads', 'simulate', 'hi', ...mine, '--draft', '/nowhere/at-all'),
      run('threads', 'dance', ...mine),
    ])
    expect([missed.code, missed.output]).toEqual([1, expect.stringMatching(/^ {2}! \w+/m)])
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('wait: takes a time')])
    expect([draftless.code, draftless.errors]).toEqual([2, expect.stringContaining('There is nothing at')])
    expect([dances.code, dances.errors]).toEqual([2, 'There is no "threads dance": use simulate or script.\n'])
  })

  it('tries again what a stored thread’s user did', async () => {
    const mine = [...home, '--tenant', 'northern-rail']
    const { items } = await sandbox.api.conversations.list.query({ tenant: 'northern-rail' })
    const script = await run('threads', 'script', items[0]?.id ?? '', ...mine)
    expect(script).toMatchObject({ code: 0, errors: '' })
    const path = write('script.json', script.output)
    const again = await run('threads', 'simulate', '--script', path, ...mine)
    expect(again).toMatchObject({ code: 0, errors: '' })
    expect(again.output).toContain('出票成功')
    const nameless = await run('threads', 'script', ...mine)
    expect([nameless.code, nameless.errors]).toEqual([2, 'Name the conversation.\n'])
  })

  it('looks after the money of what was bought', async () => {
    const mine = [...home, '--tenant', 'northern-rail']
    const file = join(folder, 'all.csv')
    const days = ['--from', '2020-01-01', '--until', '2100-01-01']
    const wrote = await run('payouts', ...days, '--file', file, ...mine)
    expect(wrote).toMatchObject({ code: 0, errors: '', output: `Wrote 1 bookings to ${file}.\n` })
    const [, booking = ''] = readFileSync(file, 'utf8').split('\r\n')
    expect(booking).toContain(',553.50,3.32,0.00,550.18')
    const order = booking.split(',')[4] ?? ''
    const given = await run('refunds', 'give', order, '--amount', '53.50', '--reason', '改签', ...mine)
    expect(given.output).toMatch(/^[0-9a-f-]{36}, processing, 5350 CNY in minor units\n$/)
    const [refunds, breaks, statements, wrong, foreign] = await Promise.all([
      run('refunds', 'list', order, ...mine),
      run('breaks', 'list', ...mine),
      run('statements', 'list', ...mine),
      run('refunds', 'dance', ...mine),
      run('breaks', 'take', 'none', ...mine),
    ])
    expect(refunds.output).toMatch(new RegExp(`^[0-9a-f-]{36}  \\w+  5350 CNY  order ${order}\n$`))
    expect([breaks.output, statements.output]).toEqual(['', ''])
    expect([wrong.code, wrong.errors]).toEqual([2, 'There is no "refunds dance": use list or give.\n'])
    expect([foreign.code, foreign.errors]).toMatchObject([2, expect.stringContaining('there is no such break')])
    const [listed, shown, tenants, badLimit, badCursor, badDay] = await Promise.all([
      run('orders', 'list', '--number', order, '--json', ...mine),
      run('orders', 'show', order, ...mine),
      run('tenants', 'list', ...home),
      run('orders', 'list', '--limit', '900', ...mine),
      run('orders', 'list', '--cursor', 'mine', ...mine),
      run('orders', 'list', '--from', 'today', ...mine),
    ])
    expect(JSON.parse(listed.output)).toMatchObject({ items: [{ number: order, state: 'succeeded' }], next: null })
    expect(shown.output).toMatch(new RegExp(`^${order}  succeeded  `))
    expect(tenants.output).toMatch(/^northern-rail {2}epoch \d+ {2}/m)
    expect([badLimit.code, badLimit.errors]).toEqual([2, '--limit takes a whole number from 1 to 200.\n'])
    expect([badCursor.code, badCursor.errors]).toMatchObject([2, expect.stringContaining('this cursor is not of this')])
    expect([badDay.code, badDay.errors]).toMatchObject([2, expect.stringContaining('--from takes a day or a moment')])
  })

  it('does not play a story in a sandbox that is not as given', async () => {
    const original = JSON.parse(readFileSync(story, 'utf8')) as { given: Record<string, unknown> }
    const bank = { accounts: [{ mask: '****1234', atLeastMinor: '99999999' }] }
    for (const [change, said] of [
      [{ locale: 'en' }, 'The tenant northern-rail speaks zh-CN, and the story en.'],
      [{ tenants: ['southern-rail'] }, 'There is no tenant southern-rail: bring it in with "inthread apply".'],
      [{ bank }, /^\*\*\*\*1234 has \d+ free and the story takes at least 99999999/],
    ] as const) {
      const path = write('given.json', { ...original, given: { ...original.given, ...change } })
      const { code, errors } = await run('story', path, ...home)
      expect(code).toBe(3)
      expect(errors.trim()).toMatch(said)
    }
    const operator = await run('story', story, ...home, '--operator', 'http://127.0.0.1:1')
    expect(operator.code).toBe(3)
    expect(operator.errors).toContain('The sandbox operator does not answer at http://127.0.0.1:1: is it running?')
  })
})
