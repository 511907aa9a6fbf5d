import type { TObject, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { Problem, type ProblemCode, type ProblemPart } from './problem.ts'

export type RequestPart = ProblemPart['in']

/** Checks a part of a request and gives it back. Throws a Problem that names every place that does not fit. */
export type Check = (value: unknown) => unknown

export function buildCheck(schema: TSchema, part: RequestPart): Check {
  const validator = Compile(schema)
  return (value) => {
    if (validator.Check(value)) return value
    throw buildMalformed(listParts(validator, part, value), part)
  }
}

/** A query is all text: what should be a whole number is read as one, if it is one to the letter. */
export function buildQueryCheck(schema: TObject): Check {
  const check = buildCheck(schema, 'query')
  const isNumber = (name: string, text: unknown): boolean =>
    isInteger(schema.properties[name]) && typeof text === 'string' && /^-?[0-9]{1,15}$/.test(text)
  return (query) => {
    const entries = Object.entries(query ?? {}).map(([name, text]) => [
      name,
      isNumber(name, text) ? Number(text) : text,
    ])
    return check(Object.fromEntries(entries))
  }
}

function isInteger(schema: object | undefined): boolean {
  return schema !== undefined && 'type' in schema && schema.type === 'integer'
}

type Finding = ReturnType<Validator['Errors']>[number]

function listParts(validator: Validator, part: RequestPart, value: unknown): ProblemPart[] {
  const parts = validator.Errors(value).flatMap((finding) => buildParts(finding, part))
  // An enumeration reports each of its members; one line for a place is enough.
  return parts.filter((one, index) => parts.findIndex((other) => other.pointer === one.pointer) === index)
}

function buildParts(finding: Finding, part: RequestPart): ProblemPart[] {
  const at = (pointer: string, code: string, detail: string): ProblemPart => ({ in: part, pointer, code, detail })
  if (finding.keyword === 'required') {
    return finding.params.requiredProperties.map((name) =>
      at(`${finding.instancePath}/${name}`, 'required', 'is missing'),
    )
  }
  if (finding.keyword === 'boolean') return [at(finding.instancePath, 'unknown', 'must be left out')]
  // Already told, member by member, as `unknown`.
  if (finding.keyword === 'additionalProperties') return []
  return [at(finding.instancePath, finding.keyword, finding.message)]
}

function buildMalformed(errors: ProblemPart[], part: RequestPart): Problem {
  const places = errors.map((error) => `${error.pointer || '/'} ${error.detail}`)
  return new Problem(chooseCode(errors), { detail: `The ${part} does not fit: ${places.join('; ')}.`, errors })
}

/** Amounts and currencies have codes of their own, if they are all that is wrong. */
function chooseCode(errors: readonly ProblemPart[]): ProblemCode {
  if (errors.every((error) => /\/amount(\/value)?$/.test(error.pointer))) return 'bad_amount'
  if (errors.every((error) => /\/currency$/.test(error.pointer))) return 'bad_currency'
  return 'malformed'
}
