import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { createOriginCheck, isInClear } from './sign-in-door.ts'

describe('a page that may have sent something', () => {
  const isOurs = (publicUrl: string, sandbox: boolean, origin: string | undefined): boolean =>
    createOriginCheck(publicUrl, sandbox)({ headers: { origin } } as FastifyRequest)

  it('is one of the platform’s own address', () => {
    expect(isOurs('https://chat.example.com', false, 'https://chat.example.com')).toBe(true)
    expect(isOurs('https://chat.example.com/below', false, 'https://chat.example.com')).toBe(true)
    for (const origin of [
      ...['http://chat.example.com', 'https://chat.example.com.evil.example', 'https://evil.example', 'null', ''],
      ...['https://chat.example.com:8443', undefined],
    ])
      expect([origin, isOurs('https://chat.example.com', false, origin)]).toEqual([origin, false])
  })

  it('may call a sandbox by both names of its machine', () => {
    for (const name of ['localhost', '127.0.0.1']) {
      expect(isOurs('http://127.0.0.1:7070', true, `http://${name}:7070`)).toBe(true)
      expect(isOurs('http://127.0.0.1:7070', true, `http://${name}:7071`)).toBe(false)
    }
    expect(isOurs('http://127.0.0.1:7070', false, 'http://localhost:7070')).toBe(false)
  })
})

it('asks for HTTPS wherever there is a network between', () => {
  expect(isInClear('http://chat.example.com', false)).toBe(true)
  expect(isInClear('http://10.0.0.7:7070', false)).toBe(true)
  expect(isInClear('http://localhost.evil.example', false)).toBe(true)
  for (const url of ['https://chat.example.com', 'http://127.0.0.1:7070', 'http://localhost:7070', 'http://[::1]:7070'])
    expect(isInClear(url, false)).toBe(false)
  expect(isInClear('http://10.0.0.7:7070', true)).toBe(false)
})
