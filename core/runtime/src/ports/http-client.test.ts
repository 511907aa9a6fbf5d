import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TlsIdentity } from '@inthread/sdk/bank'
import { makeCertificate } from '../../../../test/kit/bank/certificates.ts'
import { createHttpClient } from './http-client.ts'

const authority = makeCertificate({ name: 'Test Authority' })
const host = makeCertificate({ name: 'bank', by: authority })
const [ours, theirs] = ['northern-rail', 'southern-rail'].map((name) => makeCertificate({ name, by: authority }))
const stranger = makeCertificate({ name: 'northern-rail', by: makeCertificate({ name: 'Another Authority' }) })

/** A bank that wants to know who calls, and says whom it sees. */
describe('a host that wants a certificate', () => {
  const http = createHttpClient()
  let server: Server
  let url: string
  beforeAll(async () => {
    const tls = { cert: host.certificate, key: host.key, ca: authority.certificate }
    server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      response.end(String((request.socket as TLSSocket).getPeerCertificate().subject.CN))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(async () => {
    await http.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const ask = async (tls?: TlsIdentity): Promise<string> => {
    const asked = { method: 'GET', url, headers: {}, deadlineMs: 5000, ...(tls === undefined ? {} : { tls }) }
    return Buffer.from((await http.send(asked)).body).toString('utf8')
  }
  const as = (whose: typeof ours): TlsIdentity => ({
    certificate: whose?.certificate ?? '',
    key: whose?.key ?? '',
    authority: authority.certificate,
  })

  it('sees each caller as itself, however calls are mixed', async () => {
    const seen = await Promise.all([ours, theirs, ours, theirs, ours].map((whose) => ask(as(whose))))
    expect(seen).toEqual(['northern-rail', 'southern-rail', 'northern-rail', 'southern-rail', 'northern-rail'])
  })

  it('is not reached without one, nor with one that another authority has given', async () => {
    const { authority: known } = as(ours)
    for (const tls of [{ authority: known ?? '' }, as(stranger)])
      await expect(ask(tls)).rejects.toMatchObject({ code: 'network.no_answer' })
  })

  it('is not believed where its authority is not known', async () => {
    const { authority: _known, ...identity } = as(ours)
    await expect(ask(identity)).rejects.toMatchObject({ code: 'network.no_answer' })
    await expect(ask()).rejects.toMatchObject({ code: 'network.no_answer' })
  })
})
