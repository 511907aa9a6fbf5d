import type { BankCandidate, BankChecks, BankCheckWish } from '@inthread/admin/ports'
import type { BankCheckPorts } from '@inthread/sdk/bank'
import type { HttpClient } from '@inthread/sdk/channel'
import type { Clock } from '@inthread/sdk/time'
import { pointToSandbox } from './build-tenancy.ts'
import type { Candidate, Candidates } from './candidates.ts'
import { callSandbox } from './sandbox-client.ts'
import { defineSentences } from '@inthread/sdk/fault'

export interface BankCheckParts {
  readonly http: HttpClient
  readonly clock: Clock
  readonly nonce: () => string
  readonly pause: (durationMs: number) => Promise<void>
  readonly sandbox: { readonly bank: string | undefined; readonly operator: string | undefined }
  /** Moves the clocks of the whole sandbox. */
  readonly advance: (durationMs: number) => Promise<unknown>
  readonly candidates: Candidates
}

const say = defineSentences({
  'check.no_sandbox': 'this platform has no sandbox bank',
  'check.settings': 'the settings of the connection are not right: apply it with --dry-run',
  'check.phone': 'name the number of a test customer with --phone',
  'check.busy': '"{name}" is being checked already',
  'check.nothing': 'this connector has nothing to check with',
})

/** Customers that every sandbox bank has. */
const sandboxPhones = { phone: '+8613800000004', poorPhone: '+8613800000002' }

const codesDeadlineMs = 5000

export function createBankChecks(parts: BankCheckParts): BankChecks {
  return { run: (candidate, wish) => runCheck(parts, candidate, wish) }
}

async function runCheck(
  parts: BankCheckParts,
  { name, connector, settings }: BankCandidate,
  wish: BankCheckWish,
): ReturnType<BankChecks['run']> {
  const inSandbox = settings['baseUrl'] === 'sandbox:bank'
  if (inSandbox && parts.sandbox.bank === undefined) return { problem: say('check.no_sandbox') }
  const parsed = connector.settings.safeParse(pointToSandbox(settings, parts))
  if (!parsed.success) return { problem: say('check.settings') }
  const phone = wish.phone ?? (inSandbox ? sandboxPhones.phone : undefined)
  if (phone === undefined) return { problem: say('check.phone') }
  const { publicKey } = connector.open(parsed.data, parts)
  const candidate = parts.candidates.begin(name, publicKey)
  if (!candidate) return { problem: say('check.busy', { name }) }
  try {
    const ports = buildPorts(parts, { candidate, inSandbox, wish: { ...wish, phone } })
    return (await connector.check?.(parsed.data, ports)) ?? { problem: say('check.nothing') }
  } finally {
    parts.candidates.end(name)
  }
}

interface Checking {
  readonly candidate: Candidate
  readonly inSandbox: boolean
  readonly wish: BankCheckWish & { readonly phone: string }
}

function buildPorts(parts: BankCheckParts, { candidate, inSandbox, wish }: Checking): BankCheckPorts {
  const { http, clock, nonce, pause, advance, sandbox } = parts
  const codesUrl = wish.codesUrl ?? (inSandbox ? `${sandbox.bank}/sandbox/codes` : undefined)
  const pushes = { list: () => candidate.pushes, refuseNext: () => void (candidate.refusals += 1) }
  const always = {
    ...{ http, clock, nonce, pause },
    phone: wish.phone,
    ...(codesUrl === undefined ? {} : { readCode: (phone: string) => readCode(http, codesUrl, phone) }),
  }
  if (!inSandbox) {
    const poor = wish.poorPhone === undefined ? {} : { poorPhone: wish.poorPhone }
    return {
      ...always,
      ...poor,
      get pushes() {
        return candidate.pushes.length > 0 ? pushes : undefined
      },
    }
  }
  return {
    ...always,
    poorPhone: wish.poorPhone ?? sandboxPhones.poorPhone,
    advance: async (durationMs) => void (await advance(Math.ceil(durationMs))),
    pushes,
    trouble: buildTrouble(parts),
  }
}

function buildTrouble({ http, sandbox }: BankCheckParts): NonNullable<BankCheckPorts['trouble']> {
  const tell = async (path: string, body: object): Promise<void> => {
    await callSandbox(http, 'POST', { url: `${sandbox.bank}/sandbox/${path}`, body })
  }
  const order = (kind: string, path: string): Promise<void> =>
    tell('faults', { match: { method: 'POST', path }, do: kind, delayMs: 600 })
  return {
    slowDown: (path) => order('slow', path),
    loseAnswer: (path) => order('timeout-after', path),
    rotateKeys: () => tell('keys/rotate', {}),
  }
}

/** The newest code that a number was sent. What answers with anything else knows of none. */
async function readCode(http: HttpClient, codesUrl: string, phone: string): Promise<string | undefined> {
  const url = new URL(codesUrl)
  url.searchParams.set('phone', phone)
  const answer = await http.send({ method: 'GET', url: url.href, headers: {}, deadlineMs: codesDeadlineMs })
  const body: unknown = answer.status === 200 ? JSON.parse(Buffer.from(answer.body).toString('utf8')) : undefined
  const codes: unknown = typeof body === 'object' && body !== null && 'codes' in body ? body.codes : undefined
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined
  const code: unknown = typeof first === 'object' && first !== null && 'code' in first ? first.code : undefined
  return typeof code === 'string' ? code : undefined
}
