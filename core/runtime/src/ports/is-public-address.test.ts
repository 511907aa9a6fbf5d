import { describe, expect, it } from 'vitest'
import { isEgressHost } from '@inthread/sdk/engine'
import { isPublicAddress } from './is-public-address.ts'

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '93.184.216.34', '223.5.5.5', '2606:4700::1111', '2400:3200::1', '::ffff:93.184.216.34'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.254',
    '192.0.0.1',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.254',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::5db8:d822',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:5db8:d822::1',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '',
    'localhost',
    'api.example.com',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('isEgressHost', () => {
  it.each(['api.example.com', 'example.com', 'a.b.c.d.example.cn', 'xn--fiqs8s.example.com', 'api.example.com:8443'])(
    'takes %s',
    (host) => {
      expect(isEgressHost(host)).toBe(true)
    },
  )

  it.each([
    '',
    'localhost',
    'example',
    'api.localhost',
    'printer.local',
    'db.internal',
    'kubernetes.default.svc.cluster.local',
    '1.0.0.127.in-addr.arpa',
    'merchant.test',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '[::1]',
    '::1',
    '[::ffff:127.0.0.1]',
    'api.example.com.',
    '.example.com',
    'api..example.com',
    '-api.example.com',
    'api-.example.com',
    'API.example.com',
    'api_x.example.com',
    'api.example.com:80',
    'api.example.com:22',
    'api.example.com:08443',
    'api.example.com:',
    'user@api.example.com',
    'user:pw@api.example.com',
    'https://api.example.com',
    'api.example.com/path',
    'api.example.com?x',
    'api.example.com#x',
    'api.example.com\\@evil.example.com',
    'api.example.com\u0000',
    'api.example.com\n',
    ' api.example.com',
    'ａｐｉ.example.com',
    'api。example.com',
    '中文.example.com',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(130)}com`,
  ])('refuses %j', (host) => {
    expect(isEgressHost(host)).toBe(false)
  })
})
