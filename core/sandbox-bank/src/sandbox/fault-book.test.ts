import { expect, test } from 'vitest'
import { FaultBook, matchesPath, type Fault } from './fault-book.ts'

function order(kind: Fault['do'], path: string, more: Partial<Fault> = {}): Fault {
  return { id: kind, match: { path }, times: 1, do: kind, delayMs: 0, ...more }
}

test.each([
  ['/v1/payments', '/v1/payments', true],
  ['/v1/payments', '/v1/payments/pay_1', false],
  ['/v1/payments*', '/v1/payments', true],
  ['/v1/payments*', '/v1/payments/pay_1', true],
  ['/v1/payments/*', '/v1/payments/pay_1', true],
  ['/v1/payments/*', '/v1/payments', false],
  ['/v1/confirmations/{id}/answers', '/v1/confirmations/cnf_1/answers', true],
  ['/v1/confirmations/*/answers', '/v1/confirmations/cnf_1/answers', true],
  ['/v1/confirmations/{id}', '/v1/confirmations/cnf_1/answers', false],
  ['*', '/v1/anything/at/all', true],
  ['payment.*', 'payment.succeeded', true],
  ['payment.*', 'confirmation.verified', false],
])('%s for %s: %s', (pattern, path, matches) => {
  expect(matchesPath(pattern, path)).toBe(matches)
})

test('a fault is taken as often as it was ordered, by the requests it is meant for', () => {
  const book = new FaultBook()
  book.add(order('slow', '/a', { match: { method: 'post', path: '/a' }, times: 2 }))
  const taken = [book.takeForRequest('GET', '/a'), book.takeForRequest('POST', '/a'), book.takeForRequest('POST', '/a')]
  expect(taken.map((fault) => fault?.do)).toEqual([undefined, 'slow', 'slow'])
  expect(book.takeForRequest('POST', '/a')).toBeUndefined()
  expect(book.list()).toEqual([])
})

test('orders about events are no concern of requests, and the other way round', () => {
  const book = new FaultBook()
  book.add(order('duplicate-event', '*'))
  book.add(order('reorder-events', 'payment.*', { times: 3 }))
  book.add(order('slow', '*'))
  expect(book.takeForRequest('GET', '/x')?.do).toBe('slow')
  expect([book.takeDuplicate('payment.failed'), book.takeDuplicate('payment.failed')]).toEqual([true, false])
  expect([book.findReorderSize('payment.failed'), book.findReorderSize('link.made')]).toEqual([3, undefined])
  book.finishReorder()
  expect(book.list()).toEqual([])
})

test('only payments are declined', () => {
  const book = new FaultBook()
  book.add(order('decline', '*'))
  expect(book.takeForRequest('GET', '/v1/payments')).toBeUndefined()
  expect(book.takeForRequest('POST', '/v1/links')).toBeUndefined()
  expect(book.takeForRequest('POST', '/v1/payments')?.do).toBe('decline')
})
