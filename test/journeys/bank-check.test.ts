import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runInthread } from '../kit/outside/command.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox({ street: { bank: { terms: { settleDelayMs: 30 } } } })
})
afterAll(() => sandbox.stop())

interface Report {
  readonly passed: boolean
  readonly cases: readonly { readonly id: string; readonly verdict: { readonly kind: string; readonly why?: string } }[]
}

describe('a bank that is checked by the command', () => {
  it('is the one of the sandbox, with its own clock, codes and deliveries', async () => {
    const place = ['--url', sandbox.house.url, '--key', sandbox.house.adminKey]
    const { code, output, errors } = await runInthread(['bank', 'check', 'northern-rail.main', '--json', ...place])
    expect(errors).toBe('')
    const { passed, cases } = JSON.parse(output) as Report
    const others = cases.filter(({ verdict }) => verdict.kind !== 'passed')
    expect(others.filter(({ id }) => !/^statements\.|of-another-client$|token-of-nobody$/.test(id))).toEqual([])
    expect([code, passed]).toEqual([0, true])
    const kept = await sandbox.api.banks.report.query({ tenant: 'northern-rail', bank: 'main' })
    expect(kept).toMatchObject({ passed: true, cases })
  })
})
