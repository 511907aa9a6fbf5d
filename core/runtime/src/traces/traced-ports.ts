import type { HttpClient } from '@inthread/sdk/bank'
import type { Span, Traces } from '@inthread/store/trace'
import { kindOf } from '../metrics/measured-ports.ts'
import type { PortWrapper } from '../ports/wrapper.ts'

/** Each call of a bank that belongs to a trace is a span of it. Where the bank goes on, it is below that span. */
export function traceBanks(inner: PortWrapper, traces: Traces): PortWrapper {
  return { ...inner, bank: (connection) => traceCalls(inner.bank(connection), traces) }
}

/** The same object; what is polled without anybody asking for it is traced by nobody. */
function traceCalls<T extends object>(target: T, traces: Traces): T {
  return new Proxy(target, {
    get: (from, name) => {
      const member: unknown = Reflect.get(from, name, from)
      if (typeof member !== 'function') return member
      return (...given: readonly unknown[]): unknown => {
        const call = (): unknown => Reflect.apply(member, from, given)
        const current = traces.current()
        return current.isRecording ? traceCall(current.open(`bank.${String(name)}`, { kind: 'client' }), call) : call()
      }
    },
  })
}

function traceCall(span: Span, call: () => unknown): unknown {
  const result = span.run(call)
  if (!(result instanceof Promise)) {
    span.end()
    return result
  }
  const answered = async (): Promise<unknown> => {
    const answer: unknown = await result
    span.tell({ outcome: kindOf(answer) })
    return answer
  }
  return span.cover(answered)
}

/**
 * Tells a bank which span its work belongs to. It is the institution that runs the platform, and a random number of 16
 * bytes is all that it hears by it; operators and hosts of partners are told nothing.
 */
export function carryTrace(http: HttpClient, traces: Traces): HttpClient {
  return {
    send: (request) => {
      const { traceparent } = traces.current()
      return http.send(traceparent === null ? request : { ...request, headers: { ...request.headers, traceparent } })
    },
  }
}
