/** How every refusal is told: a stable code to act on, and a reference to name in a question to operators. */
export const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'code', 'data'],
      properties: {
        message: { type: 'string', description: 'for people' },
        code: { type: 'integer', description: 'of JSON-RPC' },
        data: {
          type: 'object',
          required: ['code', 'httpStatus', 'fault', 'reference', 'said'],
          properties: {
            code: { type: 'string', description: 'like NOT_FOUND: for programs' },
            httpStatus: { type: 'integer' },
            fault: {
              type: ['string', 'null'],
              description: 'of the catalogue, where it was one of ours',
            },
            reference: { type: ['string', 'null'], description: 'names this call in the platform’s log' },
            said: {
              type: 'object',
              description: 'what the message says, to be worded in another language',
              required: ['code', 'facts'],
              properties: {
                code: { type: 'string', description: 'of this sentence, and stays' },
                facts: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
              },
            },
          },
        },
      },
    },
  },
} as const

const said = {
  BadRequest: 'the input is not what this procedure takes',
  Unauthorized: 'there is no such key, or it is over',
  Forbidden: 'the key has no such permission',
  NotFound: 'there is no such thing, or it is another tenant’s',
  Conflict: 'somebody was faster, or a name is taken: read again',
  TooMany: 'too often: wait and send the same again',
  Failed: 'something went wrong on our side',
} as const

export function buildErrors(): Readonly<Record<string, object>> {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  return Object.fromEntries(Object.entries(said).map(([name, description]) => [name, { description, content }]))
}
