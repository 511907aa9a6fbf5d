/** A span as it came over the wire. */
export interface SeenSpan {
  readonly trace: string
  readonly id: string
  /** Empty where a trace begins. */
  readonly parent: string
  readonly name: string
  readonly kind: number
  readonly startedAt: bigint
  readonly endedAt: bigint
  /** What is said of it, as text. */
  readonly facts: Readonly<Record<string, string>>
  readonly links: readonly { readonly trace: string; readonly id: string }[]
  readonly failed: boolean
  /** Of the process that sent it. */
  readonly process: string
}

/** An `ExportTraceServiceRequest` of OTLP as bytes of protobuf. Read by hand: the sender's library is not asked. */
export function readSpans(bytes: Uint8Array): readonly SeenSpan[] {
  return listMessages(bytes, 1).flatMap((resourceSpans) => {
    const [resource = nothing] = listMessages(resourceSpans, 1)
    const process = readFacts(resource, 1)['service.instance.id'] ?? ''
    const scopes = listMessages(resourceSpans, 2)
    return scopes.flatMap((scope) => listMessages(scope, 2).map((span) => readSpan(span, process)))
  })
}

function readSpan(bytes: Uint8Array, process: string): SeenSpan {
  const fields = [...readFields(bytes)]
  const bytesOf = (number: number): Uint8Array => {
    const value = fields.find((field) => field.number === number)?.value
    return value instanceof Uint8Array ? value : nothing
  }
  const countOf = (number: number): bigint => {
    const value = fields.find((field) => field.number === number)?.value
    return typeof value === 'bigint' ? value : 0n
  }
  return {
    trace: hexOf(bytesOf(1)),
    id: hexOf(bytesOf(2)),
    parent: hexOf(bytesOf(4)),
    name: textOf(bytesOf(5)),
    kind: Number(countOf(6)),
    startedAt: countOf(7),
    endedAt: countOf(8),
    facts: readFacts(bytes, 9),
    links: listMessages(bytes, 13).map((link) => {
      const [trace = nothing] = listMessages(link, 1)
      const [id = nothing] = listMessages(link, 2)
      return { trace: hexOf(trace), id: hexOf(id) }
    }),
    failed: [...readFields(bytesOf(15))].some(({ number, value }) => number === 3 && value === 2n),
    process,
  }
}

/** `KeyValue` pairs under a field's number. */
function readFacts(bytes: Uint8Array, number: number): Record<string, string> {
  const pairs = listMessages(bytes, number).map((pair) => {
    const [name = nothing] = listMessages(pair, 1)
    const [value = nothing] = listMessages(pair, 2)
    const [first] = readFields(value)
    return [textOf(name), first?.value instanceof Uint8Array ? textOf(first.value) : String(first?.value ?? '')]
  })
  return Object.fromEntries(pairs) as Record<string, string>
}

interface Field {
  readonly number: number
  readonly value: bigint | Uint8Array
}

const nothing = new Uint8Array()

function listMessages(bytes: Uint8Array, number: number): readonly Uint8Array[] {
  return [...readFields(bytes)].flatMap((field) =>
    field.number === number && field.value instanceof Uint8Array ? [field.value] : [],
  )
}

/** The wire format: a key of field number and type, then a varint, eight bytes, a length with bytes, or four bytes. */
function* readFields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const readVarint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++)
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.byteLength) {
    const key = Number(readVarint())
    const number = key >> 3
    const type = key & 7
    if (type === 0) yield { number, value: readVarint() }
    else if (type === 1) yield { number, value: view.getBigUint64((at += 8) - 8, true) }
    else if (type === 5) yield { number, value: BigInt(view.getUint32((at += 4) - 4, true)) }
    else {
      const length = Number(readVarint())
      yield { number, value: bytes.subarray(at, (at += length)) }
    }
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
