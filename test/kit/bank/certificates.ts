import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** Both PEM. */
export interface Certificate {
  readonly certificate: string
  readonly key: string
}

export interface CertificateWish {
  readonly name: string
  /** Who vouches for it; itself when left out. */
  readonly by?: Authority
}

export interface Authority extends Certificate {
  readonly name: string
  readonly privateKey: KeyObject
}

/** DER, as far as an X.509 certificate needs it. */
const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const size =
    body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), size, body])
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts)
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const time = (text: string): Buffer => tlv(0x18, Buffer.from(text))
const bits = (bytes: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), bytes)

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const commonName = (name: string): Buffer => sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))))

/** basicConstraints CA, and the address 127.0.0.1 as alternative name. */
const isAuthority = sequence(oid('551d13'), tlv(0x04, sequence(tlv(0x01, Buffer.from([0xff])))))
const isLocal = sequence(oid('551d11'), tlv(0x04, sequence(tlv(0x87, Buffer.from([127, 0, 0, 1])))))

/** A certificate of a test: P-256, for a hundred years. */
export function makeCertificate({ name, by }: CertificateWish): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = by ?? { name, privateKey }
  const serial = Buffer.concat([
    Buffer.from([1]),
    createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-8),
  ])
  const facts = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    commonName(signer.name),
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    commonName(name),
    publicKey.export({ format: 'der', type: 'spki' }),
    tlv(0xa3, sequence(by ? isLocal : isAuthority)),
  )
  const whole = sequence(facts, ecdsaWithSha256, bits(sign('sha256', facts, signer.privateKey)))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return {
    name,
    privateKey,
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}
