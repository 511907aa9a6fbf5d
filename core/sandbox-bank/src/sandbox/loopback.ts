import type { FastifyRequest } from 'fastify'
import { BlockList } from 'node:net'
import { Problem } from '../transport/problem.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * The controls of the sandbox answer this machine only, and only under a loopback name: a web page that points its own
 * name at 127.0.0.1 gets nothing.
 */
export async function assertLoopback(request: FastifyRequest): Promise<void> {
  if (isLoopbackAddress(request.raw.socket.remoteAddress ?? '') && isLoopbackName(request.hostname)) return
  throw new Problem('not_found', 'There is no such address here.')
}

export function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=[0-9]+\.)/, '')
  return loopback.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''))
}
