import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { conformanceCases, runConformance, type Candidate } from '@inthread/banks/conformance'
import { startBank } from '@inthread/sandbox-bank'
import type { BankCheckPorts, BankCheckReport } from '@inthread/sdk/bank'
import { openCheckPorts, openWire, registerClients } from '../kit/bank/check-ports.ts'
import { openClientOffice, type BankClient, type KeyKind } from '../kit/bank/client-office.ts'
import { sabotages } from '../kit/bank/sabotages.ts'
import { defaultSecret } from '../kit/second-bank/controls.ts'
import { openSecondBank } from '../kit/second-bank/second-bank.ts'
import { openSaboteur, type Sabotage } from '../kit/bank/saboteur.ts'

const names = ['conformance-one', 'conformance-two']

/** A sandbox bank with two clients, and what it is asked with. */
interface OpenBank {
  readonly url: string
  readonly client: BankClient
  readonly ports: BankCheckPorts
}

async function openBank(kind: KeyKind, terms: object = {}): Promise<OpenBank> {
  const home = mkdtempSync(join(tmpdir(), 'conformance-'))
  const office = await openClientOffice(names, kind)
  const bank = await startBank({ home, platformUrl: office.jwksUrl, terms: { settleDelayMs: 30, ...terms } })
  const wire = openWire()
  onTestFinished(async () => {
    await wire.close()
    await bank.close()
    await office.close()
    rmSync(home, { recursive: true, force: true })
  })
  await registerClients(bank.url, office)
  const ports = openCheckPorts({ bankUrl: bank.url, office, http: wire })
  return { url: bank.url, client: office.clients[0] ?? { clientId: '', signingKey: '' }, ports }
}

interface Checking {
  readonly sabotage?: Sabotage
  readonly about?: (caseId: string) => boolean
  readonly settings?: Partial<Candidate>
}

function check(
  { url, client, ports }: OpenBank,
  { sabotage, about, settings }: Checking = {},
): Promise<BankCheckReport> {
  const http = sabotage ? openSaboteur(ports.http, sabotage) : ports.http
  const cases = conformanceCases.filter(({ id }) => about?.(id) ?? true)
  return runConformance({ baseUrl: url, ...client, ...settings }, { ...ports, http }, cases)
}

function listOf(report: BankCheckReport, kind: string): unknown[] {
  return report.cases.filter(({ verdict }) => verdict.kind === kind).map(({ id, verdict }) => ({ id, ...verdict }))
}

describe('the conformance kit', () => {
  it('has a name, a rule and a remedy for each case', () => {
    expect(conformanceCases.length).toBeGreaterThanOrEqual(60)
    expect(new Set(conformanceCases.map(({ id }) => id)).size).toBe(conformanceCases.length)
    for (const { title, rule, remedy } of conformanceCases)
      for (const text of [title, rule, remedy]) expect(text.length).toBeGreaterThan(8)
  })

  it('is passed by the sandbox bank', async () => {
    const report = await check(await openBank('ed25519'))
    expect(listOf(report, 'failed')).toEqual([])
    const optional = /^signature\.token-of-nobody$/
    const skipped = report.cases.filter(({ id, verdict }) => verdict.kind === 'skipped' && !optional.test(id))
    expect(skipped).toEqual([])
    expect(report.passed).toBe(true)
  })

  it('is passed by another bank, that others have written after the document', async () => {
    const office = await openClientOffice(names, 'p256')
    const bank = await openSecondBank()
    const wire = openWire()
    onTestFinished(async () => {
      await wire.close()
      await bank.close()
      await office.close()
    })
    await registerClients(bank.url, office)
    const ports = openCheckPorts({ bankUrl: bank.url, office, http: wire })
    const client = { ...(office.clients[0] ?? { clientId: '', signingKey: '' }), webhookSecret: defaultSecret }
    const report = await runConformance({ baseUrl: bank.url, ...client }, ports)
    expect(listOf(report, 'failed')).toEqual([])
    expect(report.passed).toBe(true)
    // It lends nothing, and so has nothing to tell before an application: that is no fault.
    const told = report.cases.filter(({ id }) => id.startsWith('prechecks.'))
    expect(told.map(({ verdict }) => verdict.kind)).toEqual(['skipped', 'skipped', 'skipped'])
  })

  it('is passed over detached JWS by a P-256 key, with access tokens that the bank insists on', async () => {
    const bank = await openBank('p256', { tokensRequired: true })
    const settings = { messageSignature: 'jws', tokenUrl: `${bank.url}/oauth2/token` } as const
    const about = (id: string): boolean => !/^(confirmations|events|input|lists)\./.test(id)
    const report = await check(bank, { settings, about })
    expect(listOf(report, 'failed')).toEqual([])
    expect(report.passed).toBe(true)
    const tokenless = await check(bank, { settings: { messageSignature: 'jws' }, about: (id) => id === 'links.active' })
    expect(listOf(tokenless, 'failed')).toHaveLength(1)
  })

  it('notices what a bank does wrong, each thing by its own case', async () => {
    const bank = await openBank('ed25519')
    const found: unknown[] = []
    for (const [what, caseId, sabotage] of sabotages) {
      const about = (id: string): boolean => id === caseId
      const right = await check(bank, { sabotage: {}, about })
      const kinds = [right, await check(bank, { sabotage, about })].map(({ cases }) =>
        cases.map(({ verdict }) => verdict.kind).join(),
      )
      found.push([what, caseId, ...kinds])
    }
    expect(found).toEqual(sabotages.map(([what, caseId]) => [what, caseId, 'passed', 'failed']))
    expect(new Set(sabotages.map(([, caseId]) => caseId)).size).toBeGreaterThanOrEqual(15)
  })
})
