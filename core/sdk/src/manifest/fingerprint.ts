/**
 * A fingerprint of the sources of all functions in a value, by their places: to notice that something was changed, not
 * to prove that nothing was. FNV-1a of 64 bits over UTF-16 units.
 */
export function fingerprint(value: object): string {
  let hash = 0xcbf29ce484222325n
  for (const line of listSources(value, '', new Set())) {
    for (let index = 0; index < line.length; index += 1) {
      hash = ((hash ^ BigInt(line.charCodeAt(index))) * 0x100000001b3n) & 0xffffffffffffffffn
    }
  }
  return hash.toString(16).padStart(16, '0')
}

/** Schemas and the contract are objects with a class or seen elsewhere: only plain objects and lists are entered. */
function listSources(value: object, place: string, seen: Set<object>): string[] {
  seen.add(value)
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const path = `${place}/${name}`
    if (typeof item === 'function') return [`${path} ${Function.prototype.toString.call(item)}\n`]
    if (typeof item !== 'object' || item === null || seen.has(item) || !isPlain(item)) return []
    return listSources(item, path, seen)
  })
}

function isPlain(value: object): boolean {
  if ('_zod' in value || 'declaration' in value) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
