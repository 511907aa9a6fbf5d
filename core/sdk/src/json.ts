/**
 * Anything that survives a JSON round trip, plus bigint (amounts), which {@link encodeJson} carries as `{"$n":"…"}`.
 */
export type JsonValue =
  null | boolean | number | string | bigint | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

/** JSON text with bigints kept exact. Used for everything we store of a run; the wire formats have their own rules. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? { $n: item.toString() } : item))
}

export function decodeJson(text: string): unknown {
  if (!text.includes('"$n"')) return JSON.parse(text)
  return JSON.parse(text, (_key, item: unknown) => (isBigIntBox(item) ? BigInt(item.$n) : item))
}

/**
 * Canonical JSON (RFC 8785) for the values that digests are made of: strings, booleans, null, safe integers, arrays and
 * objects. Floats are refused, because two parties could write them differently.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
    return `{${members.join(',')}}`
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError('canonical JSON takes safe integers only')
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' || value === null) {
    return JSON.stringify(value)
  }
  throw new TypeError(`canonical JSON cannot carry a ${typeof value}`)
}

function isBigIntBox(value: unknown): value is { $n: string } {
  if (typeof value !== 'object' || value === null || !('$n' in value) || Object.keys(value).length !== 1) return false
  return typeof value.$n === 'string' && /^-?[0-9]+$/.test(value.$n)
}
