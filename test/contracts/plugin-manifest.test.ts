import { describe, expect, it } from 'vitest'
import travel from '@inthread/plugin-travel'
import { standardCapabilities } from '@inthread/sdk/capabilities'
import { buildManifest, parseManifest, restorePlugin, writeManifest, type Manifest } from '@inthread/sdk/manifest'
import { listPlugins } from '../kit/scenes/list-plugins.ts'

const find = (id: string) => standardCapabilities.find((capability) => capability.id === id)

/** Without what is taken from functions, which a restored plugin does not have. */
function withoutCode(manifest: Manifest): unknown {
  const left = ['code', 'shows', 'x-code']
  const text = JSON.stringify(manifest, (key, value: unknown) => (left.includes(key) ? undefined : value))
  return JSON.parse(text)
}

describe.each((await listPlugins()).map(({ folder, plugin }) => [folder, plugin] as const))(
  'the manifest of %s',
  (_name, plugin) => {
    const manifest = buildManifest(plugin)

    it('is the same every time, and the same after it was written and read', () => {
      expect(writeManifest(buildManifest(plugin))).toBe(writeManifest(manifest))
      expect(parseManifest(writeManifest(manifest))).toEqual(manifest)
    })

    it('holds all that is static: the plugin made of it has the same manifest', () => {
      const restored = restorePlugin(parseManifest(writeManifest(manifest)), find)
      expect(withoutCode(buildManifest(restored))).toEqual(withoutCode(manifest))
      expect(Object.keys(restored.flows).toSorted()).toEqual(Object.keys(plugin.flows).toSorted())
    })

    it('has no function in it that could be called on the platform', () => {
      const restored = restorePlugin(manifest, find)
      for (const flow of Object.values(restored.flows)) {
        for (const step of Object.values(flow.steps)) {
          if (step.kind === 'say')
            expect(step.message).toThrow(expect.objectContaining({ code: 'guest.function_called' }))
        }
      }
    })

    it('needs the capabilities that it names', () => {
      expect(() => restorePlugin(manifest, () => undefined)).toThrow(
        expect.objectContaining({ code: 'plugin.broken', data: expect.objectContaining({ plugin: manifest.id }) }),
      )
    })
  },
)

describe('a manifest that says something else of a capability', () => {
  const spoil = (change: (manifest: Manifest) => void): (() => unknown) => {
    const manifest = structuredClone(buildManifest(travel))
    change(manifest)
    return () => restorePlugin(manifest, find)
  }

  it.each<[string, (manifest: Manifest) => void]>([
    ['a class that is not so', ({ needs }) => Object.assign(needs['pay']?.operations['pay'] ?? {}, { class: 'read' })],
    ['an outcome less', ({ needs }) => needs['pay']?.operations['pay']?.outcomes.pop()],
    [
      'another operation',
      ({ needs }) => Object.assign(needs['pay']?.operations ?? {}, { tip: { class: 'read', outcomes: [] } }),
    ],
    ['no dialogue', (manifest) => Object.assign(manifest, { provides: { capability: 'payment', version: '1.0.0' } })],
  ])('is not believed: %s', (_what, change) => {
    expect(spoil(change)).toThrow(expect.objectContaining({ code: 'plugin.broken' }))
  })
})

describe('what travel keeps', () => {
  const { travel: _, ...restored } = { travel, ...restorePlugin(buildManifest(travel), find) }
  const state = (plugin: Pick<typeof travel, 'flows'>) => plugin.flows['book']?.state

  it.each([
    { fromCity: 'chengdu', date: '2026-03-06' },
    { fromCity: 'atlantis' },
    { date: '2026-02-30' },
    { hold: { id: 'h', unit: 1, until: 1_772_676_000_000_000 } },
    { hold: { id: 'h', unit: 1.5, until: 1 } },
    { answer: { train: 'G308' } },
    { answer: 'right' },
    { answer: 'left' },
    { unknown: 1 },
    {},
  ])('is judged alike on both sides: %j', (slots) => {
    const judged = [state(travel), state(restored)].map((schema) => schema?.safeParse(slots).success)
    expect(judged[1]).toBe(judged[0])
  })

  it('is configured alike, defaults filled in', () => {
    const [own, other] = [travel, restored].map(({ contract }) => contract.declaration.config)
    expect(other?.parse({ daysAhead: 3 })).toEqual(own?.parse({ daysAhead: 3 }))
    expect(other?.safeParse({ daysAhead: 61 }).success).toBe(false)
    expect(other?.safeParse({ colour: 'red' }).success).toBe(false)
  })
})
