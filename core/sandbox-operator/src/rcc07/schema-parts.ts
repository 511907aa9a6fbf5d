export type Schema = Readonly<Record<string, unknown>>

/** Lengths are counted in Unicode code points, as JSON Schema does. */
export function text(minLength: number, maxLength?: number): Schema {
  return maxLength === undefined ? { type: 'string', minLength } : { type: 'string', minLength, maxLength }
}

export function oneWord(...words: string[]): Schema {
  return { type: 'string', enum: words }
}

/** An object with these fields. Further fields are never forbidden by RCC.07. */
export function fields(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return required.length > 0 ? { type: 'object', properties, required } : { type: 'object', properties }
}

export function listOf(items: Schema, minItems: number, maxItems: number): Schema {
  return { type: 'array', items, minItems, maxItems }
}

/** Exactly one of the named fields. Written over `required` alone, so that the error points into the field present. */
export function exactlyOne(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  const names = Object.keys(properties)
  return { ...fields(properties, required), oneOf: names.map((name) => ({ type: 'object', required: [name] })) }
}

/** `uri` is an annotation here, as on the live platforms: a value without a scheme passes. */
export const uri: Schema = { type: 'string' }
export const number: Schema = { type: 'number' }
export const count: Schema = { type: 'integer', minimum: 0 }
