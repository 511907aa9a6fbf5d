import { Type } from 'typebox'
import { amountPattern } from '../confirmations/payload.ts'
import { Problem } from '../transport/problem.ts'

/** Fields that more than one resource has. */

export const instant = Type.String({ format: 'date-time' })
export const version = Type.Integer({ minimum: 1, description: 'Grows with every change.' })
export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hexadecimal, lower case.' })

export const money = Type.Object({
  value: Type.String({ pattern: amountPattern, description: 'Minor units.' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
})

export const clientRef = Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,64}$', description: "The caller's own id." })

export const bilingual = Type.Object({ 'zh-CN': Type.String(), en: Type.String() })

export const payee = Type.Object({ id: Type.String(), name: Type.String(), account: Type.String() })

export const idParams = Type.Object({ id: Type.String({ description: 'Id of the resource.' }) })

export const limit = Type.Integer({ minimum: 1, maximum: 200, description: 'Most members of a page; 50 if left out.' })
export const after = Type.String({ minLength: 1, maxLength: 512, description: 'Cursor of an earlier answer.' })
export const defaultLimit = 50

export function renderMoney(amountMinor: bigint, currency: string): { value: string; currency: string } {
  return { value: amountMinor.toString(), currency }
}

export function buildCursorProblem(): Problem {
  const detail = 'The cursor was not given out for this list: begin again without it.'
  return new Problem('malformed', { detail, errors: [{ in: 'query', pointer: '/after', code: 'cursor', detail }] })
}
