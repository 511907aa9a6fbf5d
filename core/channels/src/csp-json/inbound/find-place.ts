import type { InboundContent } from '@inthread/sdk/channel'

const form = /^geo:(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)(?:,-?\d{1,9}(?:\.\d{1,15})?)?((?:;[^;]*)*)$/

/**
 * The place in a text that a phone's share-location key wrote, like `geo:31.2304,121.4737;crs=gcj02;rcs-l=…`; undefined
 * for any other text. Coordinates stay in the datum of the phone, which is gcj02 in China.
 */
export function findPlace(text: string): InboundContent | undefined {
  const parts = form.exec(text.trim())
  if (!parts) return undefined
  const [, latitudeText, longitudeText, parameters = ''] = parts
  const latitude = Number(latitudeText)
  const longitude = Number(longitudeText)
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { kind: 'place', latitude, longitude, label: findLabel(parameters) }
}

function findLabel(parameters: string): string | undefined {
  const written = parameters
    .split(';')
    .find((parameter) => parameter.startsWith('rcs-l='))
    ?.slice('rcs-l='.length)
  if (!written) return undefined
  try {
    return decodeURIComponent(written)
  } catch {
    return undefined
  }
}
