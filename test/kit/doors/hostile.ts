import { randomBytes } from 'node:crypto'

/** Stands in everything that is sent, and must stand in nothing that is answered or logged. */
export const mark = `mark${randomBytes(6).toString('hex')}`

export function nest(levels: number, inside = ''): string {
  return `${'['.repeat(levels)}${inside}${']'.repeat(levels)}`
}

/** What stands in a place of a path, as it goes over the wire. */
export const hostileParts: readonly string[] = [
  ...['%00', '%0d%0aset-cookie:%20a=b', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..%5cwindows', '%E0%A4%A', '%ff%fe'],
  ...[
    '%F0%9F%98%80',
    '%E2%80%AE',
    '%EF%BF%BF',
    '%ED%A0%80',
    '%25',
    '%2525',
    '*',
    ':binding',
    '__proto__',
    'constructor',
  ],
  ...['__proto__.toString', 'constructor.prototype', '.', '..', '%2e', 'a.b.c', '.a', 'a.', '-1', '0', '1e999'],
  ...[
    '9'.repeat(400),
    'a'.repeat(4900),
    'a'.repeat(5100),
    'null',
    'undefined',
    'NaN',
    '%27%20or%201=1--',
    '%22',
    '%3Cscript%3E',
  ],
].map((part) => `${part}${mark}`)

/** What stands behind the question mark. */
export const hostileQueries: readonly string[] = [
  ...[
    '%',
    '&&&=',
    '=',
    'a=1&a=2&a=3',
    '__proto__[x]=1',
    'constructor[prototype][x]=1',
    'input=%00',
    'input=%7B',
    'batch=1',
  ],
  ...[
    'input=null',
    'input=%5B%5D',
    `input=${encodeURIComponent('{"__proto__":{"polluted":1}}')}`,
    'batch=1&input=%7B%7D',
  ],
  ...['batch=-1&input=1', `a=${'9'.repeat(3000)}`, 'code=%00&state=%F0%9F%98%80', 'input=%FF%FE', 'connectionParams=1'],
].map((query) => `${query}&${mark}=${mark}`)

type Headers = Readonly<Record<string, string>>

export const hostileHeaders: readonly Headers[] = [
  { authorization: 'Bearer' },
  { authorization: `Bearer ${mark} ${mark}` },
  { authorization: `Basic ${mark}` },
  { authorization: `Bearer ${'a'.repeat(4000)}${mark}` },
  { cookie: `inthread.session_token=%E0%A4%A${mark}` },
  { cookie: `inthread.session_token=${mark}.${'a'.repeat(3000)}; inthread.session_token=`, origin: 'null' },
  { cookie: `=;;;inthread.session_token; __proto__=${mark}` },
  { 'x-forwarded-for': `${mark}, 256.1.1.1, ::::` },
  { 'x-forwarded-for': '9'.repeat(300), 'x-forwarded-proto': mark, 'x-forwarded-host': mark },
  { host: `${mark}.example` },
  { origin: `https://${mark}.example` },
  { 'x-http-method-override': 'DELETE', 'x-original-url': `/${mark}` },
  { 'accept-encoding': `br;q=${mark}, *;q=0`, accept: mark, 'accept-language': '\u00ff' },
  { range: 'bytes=-1', 'if-none-match': mark, 'if-modified-since': mark },
  { signature: mark, timestamp: '-1', nonce: mark },
  { signature: 'a'.repeat(64), timestamp: '9999999999', nonce: 'b'.repeat(500) },
  { 'webhook-id': mark, 'webhook-timestamp': '1e9', 'webhook-signature': `v1a,${mark} v1,, v9,=` },
  { 'trpc-accept': mark, 'content-encoding': 'gzip' },
]

export const hostileTypes: readonly string[] = [
  ...['application/json', 'application/json; charset=utf-16', 'application/json;;;', 'text/plain', 'text/json', '*/*'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=', 'application/xml'],
  ...['application/octet-stream', mark, '/', 'application/merge-patch+json', 'application/json, text/plain'],
]

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

const hostileTexts: readonly string[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '0',
    '-1',
    '1e400',
    '"x"',
    '[]',
    '{}',
    '[{}]',
    '{',
    '{"a":',
    '[1,',
    '"\\ud800"',
    '{"a":1}x',
  ],
  ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"a":1,"a":2}', '\ufeff{}'],
  ...["{'a':1}", 'undefined', 'NaN', '{"a":01}', '{"a":\u0000}', '<xml/>', 'a=1&b=2', `{"${mark}":"${mark}"}`, mark],
  ...[`{"a":${nest(5000)}}`, `{"a":${'9'.repeat(5000)}}`, `{"a":-9223372036854775809}`, `{"a":1e-400}`],
]

/** Bodies that nobody means: of no form, of another form, too deep, too long, in other encodings. */
export const hostileBodies: readonly Buffer[] = [
  ...hostileTexts.map((text): Buffer => Buffer.from(text)),
  Buffer.from('{"a":"\u202e\u0301😀"}', 'utf16le'),
  Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
  Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0]),
  json({ a: `${mark}${'\u0301'.repeat(20_000)}` }),
  json(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`${mark}${at}`, at]))),
]

/** What may stand in place of any value. */
const oddValues: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 1e308, -9_007_199_254_740_993, '', ' ', '\u0000', '\ud800', '__proto__', '9'.repeat(400)],
  ...[
    [],
    {},
    [[]],
    { $n: 'x' },
    [null],
    `\u202e${mark}`,
    '😀'.repeat(500),
    "' or '1'='1",
    '{{constructor}}',
    '%s%n',
    '../..',
  ],
]

/** The same value with each of its parts in turn gone, of another kind, or twice as many: everything else fits. */
export function* spoilEach(value: unknown): Generator<unknown> {
  yield* oddValues
  if (typeof value !== 'object' || value === null) return
  const isList = Array.isArray(value)
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    if (!isList) yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
    for (const spoilt of spoilEach(member))
      yield isList ? replaceAt(value, Number(key), spoilt) : { ...value, [key]: spoilt }
  }
  yield isList ? [...(value as unknown[]), ...(value as unknown[])] : { ...value, [mark]: mark }
}

function replaceAt(list: readonly unknown[], at: number, member: unknown): unknown[] {
  return list.map((each, index) => (index === at ? member : each))
}

/** What is hardly HTTP any more, as it goes over the socket. */
export const hostileBytes: readonly string[] = [
  'GET / HTTP/9.9\r\n\r\n',
  `${mark}\r\n\r\n`,
  `GET /${mark} HTTP/1.1\r\n\r\n`,
  'GET /healthz HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n',
  'POST /auth/me HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
  'POST /auth/me HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 2\r\n\r\na',
  'POST /auth/me HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /auth/me HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n',
  'POST /auth/me HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n',
  `GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(40_000)}${mark}\r\n\r\n`,
  `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
  'GET /healthz HTTP/1.1\r\nhost: a\r\nx: \u0000\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0000\u00a5\u0001',
]
