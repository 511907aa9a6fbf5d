import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** A control that cannot be done: what is wrong, where, and what to do about it. */
export class SandboxRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly where: string
  readonly remedy: string

  constructor(status: number, code: string, about: { message: string; where: string; remedy: string }) {
    super(about.message)
    this.status = status
    this.code = code
    this.where = about.where
    this.remedy = about.remedy
  }
}

export function refuseInput(where: string, message: string, remedy: string): SandboxRefusal {
  return new SandboxRefusal(400, 'bad_input', { message, where, remedy })
}

/** Every failure of a control has this body. Values that were sent are not repeated: they may be personal. */
export function answerFailure(
  error: FastifyError | Error,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, code, where, remedy, message } = describeFailure(error)
  return reply.code(status).send({ error: { code, message, where, remedy } })
}

type Described = Pick<SandboxRefusal, 'status' | 'code' | 'where' | 'remedy' | 'message'>

function describeFailure(error: FastifyError | Error): Described {
  if (error instanceof SandboxRefusal) return error
  if ('validation' in error && error.validation) return describeValidation(error)
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status >= 500) {
    return { status: 500, code: 'internal', message: 'internal error', where: '', remedy: 'see the log' }
  }
  const remedy = 'send a JSON object with content-type application/json'
  return { status, code: 'bad_request', message: error.message, where: '/', remedy }
}

function describeValidation(error: FastifyError): Described {
  const [first] = error.validation ?? []
  const where = `/${error.validationContext ?? 'body'}${first?.instancePath ?? ''}`
  const missing = first?.params['missingProperty']
  const allowed = first?.params['allowedValues']
  const unknown = first?.params['additionalProperty']
  const message = unknown === undefined ? (first?.message ?? 'is not valid') : `has an unknown field ${String(unknown)}`
  const remedy =
    missing !== undefined
      ? `add ${String(missing)}`
      : Array.isArray(allowed)
        ? `use one of ${allowed.join(', ')}`
        : 'correct this field'
  return { status: 400, code: 'bad_input', message, where, remedy }
}
