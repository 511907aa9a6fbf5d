import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { menuSchema, operatorMenuSchema } from './menu-schema.ts'
import { messageSchema } from './message-schema.ts'
import type { Schema } from './schema-parts.ts'

/** The place (`#/message/generalPurposeCard/…`) and the broken rule of a body that RCC.07 does not allow. */
export interface BodyProblem {
  readonly pointer: string
  readonly rule: string
  readonly keyword: string
}

// Not strict: `oneOf` over `required` alone is written without a type beside it.
const ajv = new Ajv2020({ allErrors: true, strict: false })

/** Makes the check of one schema; the check returns the first cause, or nothing. */
export function compile(schema: Schema): (body: unknown) => BodyProblem | undefined {
  const check: ValidateFunction = ajv.compile(schema)
  return (body) => (check(body) ? undefined : describe(check.errors ?? []))
}

/** Of several complaints the deepest one is the cause; the others are its echoes further up. */
function describe(errors: readonly ErrorObject[]): BodyProblem {
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length
  const echo = (error: ErrorObject): number => (['oneOf', 'anyOf', 'if', 'not'].includes(error.keyword) ? 1 : 0)
  const [cause] = [...errors].sort((a, b) => depth(b) - depth(a) || echo(a) - echo(b))
  if (!cause) return { pointer: '#', rule: 'is not valid', keyword: 'unknown' }
  return { pointer: `#${cause.instancePath}`, rule: cause.message ?? 'is not valid', keyword: cause.keyword }
}

export const findMessageProblem = compile(messageSchema)
export const findMenuProblem = compile(menuSchema)
export const findOperatorMenuProblem = compile(operatorMenuSchema)
