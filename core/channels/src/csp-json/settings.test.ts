import { describe, expect, it } from 'vitest'
import { cspJson } from '../csp-json.ts'
import { sampleSettings } from './sample-settings.ts'
import { settings } from './settings.ts'

describe('settings', () => {
  it('fills in what the specification says', () => {
    const { callbackAlgorithm, timestampWindowSec, apiVersion, rate } = sampleSettings
    expect({ callbackAlgorithm, timestampWindowSec, apiVersion, rate }).toEqual({
      callbackAlgorithm: 'sha256',
      timestampWindowSec: 300,
      apiVersion: 'v1',
      rate: undefined,
    })
  })

  it('takes everything an account may say', () => {
    const said = {
      ...sampleSettings,
      serverRoot: 'http://127.0.0.1:7072/maap/',
      callbackToken: 'x'.repeat(64),
      callbackAlgorithm: 'hmac-sha256',
      timestampWindowSec: 30,
      rate: { perSecond: 20 },
    }
    expect(settings.parse(said)).toEqual(said)
  })

  it.each([
    ['serverRoot', 'maap.example.com'],
    ['serverRoot', 'ftp://maap.example.com'],
    ['serverRoot', 'https://maap.example.com/?tenant=1'],
    ['serverRoot', 'https://name:word@maap.example.com'],
    ['chatbotId', '106900000010001'],
    ['chatbotId', 'sip:1069/../x@botplatform.rcs.vnet.cn'],
    ['appId', 'with\r\nline: end'],
    ['appKey', ''],
    ['callbackToken', 'x'.repeat(65)],
    ['callbackAlgorithm', 'md5'],
    ['timestampWindowSec', 0],
    ['timestampWindowSec', 1.5],
    ['apiVersion', '../v1'],
    ['apiVersion', '..'],
    ['rate', { perSecond: 0 }],
    ['unheardOf', 1],
  ])('refuses %s %j and names the field', (field, value) => {
    const { error } = settings.safeParse({ ...sampleSettings, [field]: value })
    const places = error?.issues.map(({ path, code }) => (code === 'unrecognized_keys' ? 'unheardOf' : path[0]))
    expect(places).toContain(field)
  })

  it('declares as secrets what its own schema has', () => {
    expect(cspJson.secrets.every((name) => name in settings.shape)).toBe(true)
  })
})
