import { setTimeout as pause } from 'node:timers/promises'
import { createAdminClient, type AdminApi } from '@inthread/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyTenant } from '../kit/definition.ts'
import { digestTenant } from '../kit/isolation/tenant-rows.store.ts'
import { textOf } from '../kit/phone.ts'
import { buyTicket, readBank } from '../kit/purchase.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

type Simulate = AdminApi['threads']['simulate']['mutate']
type Input = Parameters<Simulate>[0]
type Act = NonNullable<Input['acts']>[number]
type Thread = NonNullable<Awaited<ReturnType<Simulate>>['thread']>

const rail = { tenant: 'northern-rail', bot: 'rail' } as const
const school = { tenant: 'riverside-school', bot: 'school' } as const
const water = { tenant: 'clear-water', bot: 'utility' } as const

const says = (words: string): Act => ({ does: 'says', words })
const taps = (label: string): Act => ({ does: 'taps', label })
const bank = (answers: string): Act => ({ does: 'bank', answers })
const reachBank = [says('明天上午从成都到北京，一张二等座'), taps('对'), taps('选 G308'), taps('支付')]

const messagesOf = ({ turns }: Thread) => turns.flatMap(({ messages }) => messages)

const textsOf = (thread: Thread): readonly string[] =>
  messagesOf(thread).map(({ text, cards }) =>
    [text, ...cards.flatMap(({ title, description }) => [title, description])]
      .filter((part) => part !== null)
      .join('\n'),
  )

/** Without what is another one each time: numbers of orders, moments, seats, and whose account it is. */
const blur = (text: string): string =>
  text
    .replaceAll(/\d\d:\d\d(?=$|[\n。，])/g, '<time>')
    .replaceAll(/[0-9A-Z]{10}/g, '<number>')
    .replaceAll(/12[A-F]/g, '<seat>')
    .replaceAll(/(收款方|付款账户)：.+/g, '$1：<account>')
    .replaceAll(/\d{3}\*{4}\d{4}/g, '<phone>')
    .replace(/^【[^】]+】/, '')

describeOnEachDatabase('a simulated thread', (open) => {
  let sandbox: Sandbox
  let api: AdminApi
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
    api = sandbox.api
    for (const { tenant } of [school, water]) await applyTenant(api, tenant)
  }, 120_000)
  afterAll(() => sandbox.stop())

  const simulate = async (input: Input): Promise<Thread> => {
    const { problems, thread } = await api.threads.simulate.mutate(input)
    expect(problems).toEqual([])
    if (!thread) throw new Error('there is no thread')
    return thread
  }
  const keyOf = async (role: string): Promise<AdminApi> => {
    const { key } = await api.keys.create.mutate({ name: role.replace(':', '-'), role })
    return createAdminClient({ url: sandbox.house.url, apiKey: key })
  }

  it('says word for word what a real one has said, out of what its user did', async () => {
    const phone = sandbox.phone('+8613800000001')
    await buyTicket(phone)
    // Who waits longer is told so: that is the machine's, and not the bot's.
    const heard = (await phone.heard()).map(textOf).filter((text) => !text.includes('请稍等'))
    const [conversation] = (await api.conversations.list.query({ tenant: rail.tenant })).items
    const script = await api.threads.script.query({ tenant: rail.tenant, conversation: conversation?.id ?? '' })
    expect(script.acts).toEqual([...reachBank.slice(0, 2), taps('选 G308'), taps('支付'), bank('succeeded')])
    expect(script.left).toEqual({ bank: 1, confidence: 1 })
    expect(JSON.stringify(script)).not.toContain(await phone.code())
    const thread = await simulate({ ...rail, acts: script.acts, startsAt: script.startsAt })
    expect(textsOf(thread).map(blur)).toEqual(heard.map(blur))
    expect(thread).toMatchObject({ open: [], asked: null, undecided: 0, cut: null })
  }, 60_000)

  it('leaves no row, no order at the bank, and no phone that has heard of it', async () => {
    const before = await untilStill()
    for (const answers of ['accepts', 'declines', 'times_out'])
      await simulate({ ...rail, acts: [...reachBank, bank(answers)] })
    await simulate({ ...school, acts: [says('我想报 24 个月的编程课'), taps('分期贷款'), bank('accepts')] })
    await simulate({ ...rail, acts: [says('人工'), says('有人吗'), { does: 'waits', seconds: 900 }] })
    await simulate({ ...rail, draft: { config: [{ plugin: 'travel', config: { daysAhead: 3 } }] }, acts: reachBank })
    expect(await look()).toEqual(before)
  }, 60_000)

  /** What was done before may still be on its way: receipts, links of the audit chain. */
  const untilStill = async () => {
    let before = await look()
    for (let tries = 0; tries < 60; tries += 1) {
      await pause(300)
      const now = await look()
      if (JSON.stringify(now) === JSON.stringify(before)) return now
      before = now
    }
    throw new Error('the house did not come to rest')
  }

  const look = async () => {
    const { store } = sandbox.house
    const { payments, transfers } = await readBank(sandbox.street.bankUrl)
    const digests = [await digestTenant(store, rail.tenant), await digestTenant(store, school.tenant)]
    return {
      // How far the bank's feed was read: the house goes on with that by itself.
      rows: digests.map(({ feed: _, ...rest }) => rest),
      bank: [payments.length, transfers.length],
      heard: (await sandbox.phone('+8613800000001').messages()).length,
    }
  }

  it('tells why, which step, and what the bank would be asked', async () => {
    const { turns } = await simulate({ ...rail, acts: reachBank })
    expect(turns[0]).toMatchObject({
      said: '明天上午从成都到北京，一张二等座',
      why: { by: 'understood', plugin: 'travel', intent: 'search', flow: 'book' },
      steps: [{ heard: 'started', to: 'check' }],
    })
    expect(JSON.parse(turns[0]?.why.value ?? '')).toMatchObject({ toCity: 'beijing', passengers: 1 })
    expect(turns[2]?.wrote).toEqual([{ plugin: 'travel', collection: 'seats', act: 'reserve', done: true }])
    const [asked] = turns[3]?.asked ?? []
    expect(asked).toMatchObject({ name: 'main', capability: 'payment', operation: 'pay', verdict: 'opened' })
    expect(asked?.input).toContain('"$n":"55350"')
    expect(turns[4]?.messages[0]).toMatchObject({ voice: 'bank', buttons: [{ label: '确认支付' }, { label: '取消' }] })
  })

  it.each([
    ['accepts', '出票成功'],
    ['declines', '账户余额不足'],
    ['cancelled', '支付已取消'],
    ['expired', '座位已释放'],
  ])('goes on as the bank answers: %s', async (answers, said) => {
    expect(textsOf(await simulate({ ...rail, acts: [...reachBank, bank(answers)] })).at(-1)).toContain(said)
  })

  it('waits when the bank does not know, and goes on when it does', async () => {
    const left = await simulate({ ...rail, acts: [...reachBank, bank('times_out')] })
    expect(textsOf(left).slice(-2)).toEqual([expect.stringContaining('请稍等'), expect.stringContaining('正在核对')])
    expect(left.undecided).toBe(1)
    const acts: Act[] = [...reachBank, bank('unknown'), { does: 'settles', result: 'succeeded' }]
    expect(textsOf(await simulate({ ...rail, acts })).at(-1)).toContain('出票成功')
  })

  it('answers what only a bank knows with a sample, or with what it is told', async () => {
    const acts = [says('电费'), says('1301 2340 077')]
    const { asked } = await simulate({ ...water, acts })
    expect(asked).toMatchObject({ capability: 'bills', operation: 'query', unplayed: false })
    const sample = asked?.choices.find(({ outcome }) => outcome === 'found')?.sample ?? ''
    const told: Act = { does: 'bank', answers: 'found', data: sample.replace('"10000"', '"8650"') }
    const paid = textsOf(await simulate({ ...water, acts: [...acts, told, taps('缴费'), bank('accepts')] }))
    expect(paid.join('\n')).toContain('确认缴费 ¥86.50')
    const wrong: Act = { does: 'bank', answers: 'found', data: '{"bills":1}' }
    const { turns } = await simulate({ ...water, acts: [...acts, wrong] })
    expect(turns.at(-1)?.problem).toMatchObject({
      code: 'simulation.answer_unfit',
      detail: expect.stringMatching(/^bills/),
    })
  })

  it('does not play a loan, whose figures are the bank’s, and lets its end be chosen', async () => {
    const acts = [says('我想报 24 个月的编程课'), taps('分期贷款'), says('我叫王小明')]
    const thread = await simulate({ ...school, acts })
    expect(thread.asked).toMatchObject({ capability: 'consumer-loan', operation: 'finance', unplayed: true })
    expect(thread.turns.at(-1)).toMatchObject({ said: null, why: { by: 'for_bank' }, messages: [] })
    expect(textsOf(await simulate({ ...school, acts: [...acts, bank('accepts')] })).at(-1)).toContain('编程课已开通')
  })

  it('says which grant stands in the way, and that the bank would hear nothing', async () => {
    const grant = { side: 'plugin', bot: 'rail', plugin: 'travel', need: 'pay' } as const
    const { tenant } = rail
    const known = (await api.grants.list.query({ tenant })).find((each) => each.grant.side === 'plugin')
    await api.grants.change.mutate({ tenant, grant, terms: { ...known?.terms, perCall: '100.00' } })
    const { turns } = await simulate({ ...rail, acts: reachBank })
    const refusal = { party: 'tenant', reason: 'too_much', ceiling: 'perCall' }
    expect(turns.at(-1)?.asked).toMatchObject([{ operation: 'pay', verdict: 'refused', refusal }])
  })

  it('tries a draft of settings, words and menu, and says what is wrong with one', async () => {
    const intents = [{ plugin: 'travel', intent: 'search', words: { en: ['take me away'] } }]
    const texts = [{ plugin: 'travel', text: 'askOrigin', locale: 'en', source: 'Whence?' }]
    const menu = [{ label: { en: 'Trains' }, plugin: 'travel', intent: 'search' }]
    const acts: Act[] = [says('take me away'), { does: 'picks', label: 'Trains' }]
    const draft = { intents, texts, menu }
    const thread = await simulate({ ...rail, locale: 'en', draft, acts })
    expect(thread.menu).toEqual([{ label: 'Trains', entries: [] }])
    expect(thread.turns.map(({ why }) => why.by)).toEqual(['expression', 'way_in'])
    expect(textsOf(thread)).toEqual(['Whence?', 'Whence?'])
    const wrong = await api.threads.simulate.mutate({
      ...rail,
      draft: {
        config: [
          { plugin: 'travel', config: { daysAhead: 90 } },
          { plugin: 'nobody', config: {} },
        ],
        texts: [{ plugin: 'travel', text: 'askOrigin', locale: 'en', source: '{{who}}' }],
        menu: [{ label: { en: 'x' }, plugin: 'travel', intent: 'fly' }],
      },
    })
    expect(wrong.thread).toBeNull()
    expect(wrong.problems.map(({ path }) => path)).toEqual([
      ...['$.draft.texts.travel.askOrigin.en', '$.draft.config.travel.daysAhead'],
      ...['$.draft.menu[0].intent', '$.draft.nobody'],
    ])
  })

  it('is for those who write what the bot says; a stored thread is for those who may read it', async () => {
    const acts = [says('你好')]
    const conversation = (await api.conversations.list.query({ tenant: rail.tenant })).items[0]?.id ?? ''
    const script = { tenant: rail.tenant, conversation }
    const asked = async (role: string) => {
      const own = await keyOf(role)
      const codes = [own.threads.simulate.mutate({ ...rail, acts }), own.threads.script.query(script)]
      return Promise.all(
        codes.map((call) =>
          call.then(
            () => 'yes',
            ({ code }: { code: string }) => code,
          ),
        ),
      )
    }
    expect(await asked('editor:northern-rail')).toEqual(['yes', 'FORBIDDEN'])
    expect(await asked('agent:northern-rail')).toEqual(['FORBIDDEN', 'yes'])
    expect(await asked('owner:northern-rail')).toEqual(['yes', 'yes'])
    expect(await asked('auditor')).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect(await asked('owner:riverside-school')).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  })

  it('takes no more than it can carry', async () => {
    const many = Array.from({ length: 61 }, () => says('你好'))
    const ask = (input: Input) => api.threads.simulate.mutate(input)
    await expect(ask({ ...rail, acts: many })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(ask({ ...rail, acts: [says('长'.repeat(2001))] })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(ask({ ...rail, bot: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await ask({ ...rail, acts: [{ does: 'host', data: '{' }] })).toMatchObject({
      problems: [{ path: '$.acts[0].data' }],
      thread: null,
    })
  })
})

describeOnEachDatabase('a simulated thread with guests', (open) => {
  it('goes as it does in the platform’s own process', async () => {
    const startsAt = Date.parse('2026-03-05T10:00:00+08:00') * 1000
    const play = async (guests: readonly string[]): Promise<readonly string[]> => {
      const sandbox = await openSandbox({ database: await open(), house: { guests } })
      try {
        const acts = [...reachBank, bank('declines'), taps('再试一次'), bank('accepts')]
        const { thread } = await sandbox.api.threads.simulate.mutate({ ...rail, acts, startsAt })
        return thread ? [...textsOf(thread), JSON.stringify(thread.turns.map(({ steps }) => steps))] : []
      } finally {
        await sandbox.stop()
      }
    }
    const walled = await play(['travel', 'payment'])
    expect(walled.length).toBeGreaterThan(8)
    expect(walled.map((text) => text.replaceAll('江城银行', '银行'))).toEqual(
      (await play([])).map((text) => text.replaceAll('江城银行', '银行')),
    )
  }, 120_000)
})
