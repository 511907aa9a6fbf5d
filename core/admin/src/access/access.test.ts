import type { AnyProcedure } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { adminRouter } from '../router.ts'
import { listAllowed, mayDo, mayTouch, readPost } from './access.ts'
import { listTenantsNamed } from './list-tenants-named.ts'
import { listPermissions, type Permission } from './permissions.ts'
import { isRole, roles } from './roles.ts'

/** Flat by path at run time, whatever its type says. */
const flat: object = adminRouter._def.procedures

const procedures = Object.entries(flat).map(([path, { _def: definition }]: [string, AnyProcedure]) => ({
  path,
  kind: definition.type,
  permission: (definition.meta as { readonly permission?: Permission } | undefined)?.permission,
}))

const mayCall = (role: string) =>
  procedures.filter(({ permission }) => permission !== undefined && mayDo({ role }, permission))

describe('every procedure', () => {
  it('names a permission that some role of each kind it is for has', () => {
    expect(procedures.length).toBeGreaterThan(40)
    const held = new Set(Object.values(roles).flatMap(({ may }) => [...may]))
    const bare = procedures.filter(({ permission }) => permission === undefined || !held.has(permission))
    expect(bare).toEqual([])
  })

  it('leaves no permission that nothing takes', () => {
    const taken = new Set(procedures.map(({ permission }) => permission))
    expect(listPermissions().filter((permission) => !taken.has(permission))).toEqual([])
  })

  it('changes nothing under a permission to read, and is a mutation under any other', () => {
    expect(new Set(procedures.map(({ kind }) => kind))).toEqual(new Set(['query', 'mutation', 'subscription']))
    const odd = procedures.filter(
      ({ permission, kind }) => /\.(read|list)$/.test(permission ?? '') !== (kind !== 'mutation'),
    )
    expect(odd).toEqual([])
  })
})

describe('a role', () => {
  it('of an auditor calls no mutation, and reads no word of a user', () => {
    expect(mayCall('auditor').filter(({ kind }) => kind === 'mutation')).toEqual([])
    expect(mayCall('auditor').filter(({ path }) => /^(desk|conversations)\./.test(path))).toEqual([])
    expect(mayCall('auditor').length).toBeGreaterThan(10)
  })

  it('of an agent is the desk, and how an order stands: neither money that moves nor the book', () => {
    const called = mayCall('agent:a').map(({ path }) => path)
    expect(called).toContain('desk.say')
    expect(called).toContain('orders.get')
    const others = called.filter((path) => path !== 'keys.me')
    expect(
      others.filter((path) => /^(books|grants|keys|proposals|tenants)\.|^orders\.(refund|book)$/.test(path)),
    ).toEqual([])
  })

  it('of an editor or a developer moves no money and decides nothing', () => {
    for (const role of ['editor:a', 'developer:a'])
      for (const permission of ['refund.write', 'book.write', 'proposal.decide', 'grant.write', 'desk.write'] as const)
        expect([role, permission, mayDo({ role }, permission)]).toEqual([role, permission, false])
  })

  it('of a tenant decides nothing about what the bank and the book do not agree on', () => {
    for (const role of Object.keys(roles).filter((name) => isRole(name) && roles[name].of === 'tenant'))
      expect([role, mayDo({ role: `${role}:a` }, 'break.write')]).toEqual([role, false])
    expect(mayDo({ role: 'operator' }, 'break.write')).toBe(true)
  })

  it('of the bank is what keys of the bank always might, and both of its people together', () => {
    const both = new Set([...listAllowed({ role: 'risk' }), ...listAllowed({ role: 'product-owner' })])
    expect(new Set(listAllowed({ role: 'bank' }))).toEqual(both)
    for (const permission of ['tenant.write', 'conversation.read', 'key.write', 'refund.write'] as const)
      expect(mayDo({ role: 'bank' }, permission)).toBe(false)
  })

  it('keeps its older name', () => {
    expect([readPost('platform'), readPost('tenant:a'), readPost('bank')]).toEqual([
      { role: 'operator', tenant: undefined },
      { role: 'owner', tenant: 'a' },
      { role: 'bank', tenant: undefined },
    ])
  })

  it('that is not known, or lacks or adds a tenant, may nothing', () => {
    for (const role of [
      '',
      'root',
      'owner',
      'owner:',
      'tenant:',
      'auditor:a',
      'operator:',
      'owner:a:b',
      'constructor',
      '__proto__',
    ]) {
      expect([role, readPost(role), listAllowed({ role })]).toEqual([role, undefined, []])
      expect(mayTouch({ role }, 'plugin.read', [])).toBe(false)
    }
  })

  it('knows who it is, whatever it may do besides', () => {
    for (const role of Object.keys(roles)) {
      const named = isRole(role) && roles[role].of === 'tenant' ? `${role}:a` : role
      expect([role, mayDo({ role: named }, 'self.read')]).toEqual([role, true])
    }
  })

  it('is narrowed by scopes and never widened', () => {
    expect(listAllowed({ role: 'auditor', scopes: ['book.read', 'key.write', 'nonsense'] })).toEqual(['book.read'])
    expect(listAllowed({ role: 'operator', scopes: [] })).toEqual([])
  })

  it('of a tenant touches that tenant alone, by whatever name a call has for it', () => {
    for (const role of Object.keys(roles).filter((name) => isRole(name) && roles[name].of === 'tenant')) {
      const touch = (...named: string[]) => mayTouch({ role: `${role}:a` }, 'tenant.read', named)
      expect([touch('a'), touch('b'), touch('ab'), touch(''), touch('a', 'b'), touch()]).toEqual([
        true,
        false,
        false,
        false,
        false,
        false,
      ])
    }
    expect(mayTouch({ role: 'owner:a' }, 'plugin.read', [])).toBe(true)
    expect(mayTouch({ role: 'bank' }, 'tenant.read', ['b'])).toBe(true)
  })
})

it('sees every tenant that a call names', () => {
  expect(listTenantsNamed({ tenant: 'a', definition: { tenant: { id: 'b' } } })).toEqual(['a', 'b'])
  expect([null, 'a', {}].map(listTenantsNamed)).toEqual([[], [], []])
  expect([{ tenant: 1 }, { tenant: null }, { definition: 1 }, { definition: {} }].map(listTenantsNamed)).toEqual([
    [''],
    [''],
    [''],
    [''],
  ])
})
