import { expect, it } from 'vitest'
import { listManifests } from '../../../test/kit/scenes/list-plugins.ts'
import { compareConfigs, mergeLayers } from '../page/config/layers.ts'
import { inLanguage, kindOf, placeIn, type Schema } from '../page/form/schema.ts'

it('every setting of the platform’s own plugins has a field that fits it, and a title in both languages', async () => {
  const settings = (await listManifests()).flatMap(({ config }) => {
    const en: Schema = config.schema
    const zh = inLanguage(en, 'zh')
    return Object.entries(en.properties ?? {}).map(([name, member]) => ({ name, member, zh: zh.properties?.[name] }))
  })
  expect(settings.length).toBeGreaterThan(10)
  for (const { name, member, zh } of settings) {
    expect([name, kindOf(member)]).not.toEqual([name, 'other'])
    expect([name, member.title, zh?.title]).toEqual([
      ...[name, expect.stringMatching(/^[A-Z]/), expect.stringMatching(/\p{Script=Han}/u)],
    ])
  }
})

it('names places as the platform does', () => {
  expect(placeIn(placeIn(placeIn('$.config', 'cities'), 0), 'a-b')).toBe('$.config.cities[0]["a-b"]')
})

it('merges layers as the platform does, and compares what is in force', () => {
  const before = { platform: { a: 1, deep: { x: 1, y: 1 } }, locked: ['a'], tenant: { a: 2, deep: { y: 2 } } }
  expect(mergeLayers(before)).toEqual({ a: 1, deep: { x: 1, y: 2 } })
  const after = mergeLayers({ tenant: { deep: { y: 3 }, list: [1] } })
  expect(compareConfigs(mergeLayers(before), after)).toEqual([
    { path: 'a', before: 1, after: undefined },
    { path: 'deep.x', before: 1, after: undefined },
    { path: 'deep.y', before: 2, after: 3 },
    { path: 'list', before: undefined, after: [1] },
  ])
})
