/** No documented answer comes near it; what is larger is not read at all. */
export const maximumBodyBytes = 65_536

/** A page of a file, as large as the HTTP port hands over. */
export const maximumFileBytes = 1_000_000

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The JSON value of a body, boxed because `null` is one too; undefined when it is too large, not UTF-8 or not JSON. */
export function findJson(body: Uint8Array): { readonly value: unknown } | undefined {
  if (body.byteLength > maximumBodyBytes) return undefined
  try {
    return { value: JSON.parse(utf8.decode(body)) }
  } catch {
    return undefined
  }
}

/** undefined when it is not UTF-8. */
export function findText(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body)
  } catch {
    return undefined
  }
}
