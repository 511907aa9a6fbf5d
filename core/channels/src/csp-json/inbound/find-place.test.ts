import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPlace } from './find-place.ts'

describe('findPlace', () => {
  it('reads coordinates and label', () => {
    const text = 'geo:31.230400,121.473700;crs=gcj02;u=10;rcs-l=%E4%BA%BA%E6%B0%91%E5%B9%BF%E5%9C%BA%E6%94%AF%E8%A1%8C'
    expect(findPlace(text)).toEqual({ kind: 'place', latitude: 31.2304, longitude: 121.4737, label: '人民广场支行' })
  })

  it('reads places in the south and west, with an altitude, without anything else', () => {
    expect(findPlace('geo:-33.86,-151.2,12.5')).toEqual({
      kind: 'place',
      latitude: -33.86,
      longitude: -151.2,
      label: undefined,
    })
  })

  it('keeps the place when the label cannot be read', () => {
    expect(findPlace('geo:1,2;rcs-l=%E4%BA')).toMatchObject({ latitude: 1, label: undefined })
    expect(findPlace('geo:1,2;rcs-l=')).toMatchObject({ label: undefined })
  })

  it.each(['geo:', 'geo:1', 'geo:91,0', 'geo:0,181', 'geo:1,2 and more', 'geo:1e3,2', 'see geo:1,2', 'geology'])(
    'leaves %s a text',
    (text) => expect(findPlace(text)).toBeUndefined(),
  )

  it('reads every place on earth', () => {
    const degrees = (max: number) => fc.integer({ min: -max * 1e6, max: max * 1e6 }).map((micro) => micro / 1e6)
    const written = (value: number) => value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 })
    const labels = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(degrees(90), degrees(180), labels, (lat, lon, label) => {
        const text = `geo:${written(lat)},${written(lon)};crs=gcj02;rcs-l=${encodeURIComponent(label)}`
        const place = { kind: 'place', latitude: Number(written(lat)), longitude: Number(written(lon)), label }
        expect(findPlace(text)).toEqual(place)
      }),
    )
  })
})
