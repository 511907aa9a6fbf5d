/** Codes of the operators' specification that this platform answers with. */
export const botCode = {
  ok: 0,
  internal: -2,
  parameter: 20002,
  request: 20003,
  dayLimit: 30001,
  secondLimit: 30003,
  otherSender: 30008,
  credentials: 40001,
  fileType: 40005,
  schema: 40008,
  badToken: 40014,
  buttonCount: 40016,
  buttonType: 40017,
  buttonName: 40018,
  buttonKey: 40019,
  textLength: 40021,
  tokenMissing: 41001,
  appIdMissing: 41002,
  appKeyMissing: 41004,
  tokenExpired: 42001,
  method: 43001,
  parse: 47001,
  unauthorised: 48001,
  contentMissing: 83996,
} as const

/** Failures of token and message nodes carry JSON null for every id; failures of content echo the ids. */
const codesWithoutIds = new Set<number>([
  botCode.credentials,
  botCode.badToken,
  botCode.tokenMissing,
  botCode.appIdMissing,
  botCode.appKeyMissing,
  botCode.tokenExpired,
  botCode.parse,
  botCode.unauthorised,
  botCode.contentMissing,
])

/** A call that this platform answers with an error code. The message goes onto the wire: no numbers, no contents. */
export class BotRefusal extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export interface AnswerStyle {
  readonly errorCodeStyle: 'string' | 'number'
  /** Names of the id fields that answers of this operation carry. */
  readonly idFields: readonly string[]
}

export function buildSuccess(style: AnswerStyle, fields: object): object {
  return { ...fields, errorCode: writeCode(style, botCode.ok), errorMessage: 'success' }
}

export function buildRefusal(style: AnswerStyle, refusal: BotRefusal, body: unknown): object {
  const ids = style.idFields.map((name) => [name, findId(refusal.code, name, body)] as const)
  return {
    ...Object.fromEntries(ids),
    errorCode: writeCode(style, refusal.code),
    errorMessage: refusal.message,
  }
}

function findId(code: number, name: string, body: unknown): string | null {
  if (codesWithoutIds.has(code) || typeof body !== 'object' || body === null) return null
  const value = (body as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : null
}

/** China Telecom writes the code as a string, China Unicom as a number. */
function writeCode({ errorCodeStyle }: AnswerStyle, code: number): string | number {
  return errorCodeStyle === 'string' ? String(code) : code
}
