import { z } from '@inthread/sdk'
import { describe, expect, it } from 'vitest'
import { configSchema, contract } from './contract.ts'
import plugin from './plugin.ts'

const search = plugin.intents['search']
const now = Date.parse('2026-03-05T10:00:00+08:00') * 1000

describe('the travel plugin', () => {
  it('offers tickets and what becomes of them, by menu, by words and by sentence', () => {
    expect(plugin.menu).toEqual(['search', 'change', 'giveTicketBack'])
    expect(search?.title).toEqual({ 'zh-CN': '订火车票', en: 'Train tickets' })
    const config = configSchema.parse({})
    const context = { now, timeZone: 'Asia/Shanghai', locale: 'en', config }
    const wish = search?.understand?.('明天上午从成都到北京，一张二等座', context)
    expect(search?.flow.input.safeParse(wish).success).toBe(true)
    expect(search?.flow.input.safeParse(search.input).success).toBe(true)
  })

  it('takes no word of the platform', () => {
    const taken = Object.values(search?.words ?? {}).flat()
    const platform = ['help', 'menu', 'human', 'cancel', 'stop', '帮助', '菜单', '人工', '取消', '停止', '退订']
    expect(taken.filter((word) => platform.includes(word.toLowerCase()))).toEqual([])
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('works without any configuration and describes each setting', () => {
    expect(configSchema.parse({})).toMatchObject({ daysAhead: 60, closeBeforeMinutes: 20, confirmReading: true })
    expect(configSchema.safeParse({ daysAhead: 61 }).success).toBe(false)
    expect(configSchema.safeParse({ popularCities: ['chengdu', 'atlantis'] }).success).toBe(false)
    const { properties = {} } = z.toJSONSchema(configSchema)
    for (const [name, setting] of Object.entries(properties)) expect(setting, name).toHaveProperty('title')
  })

  it('needs only to be paid', () => {
    const needs = Object.entries(contract.declaration.needs)
    expect(needs.map(([alias, need]) => [alias, need.capability.id])).toEqual([['pay', 'payment']])
  })
})
