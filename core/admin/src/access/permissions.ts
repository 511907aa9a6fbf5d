/** Everything there is to be allowed, and whom it concerns: what one tenant has, or what all of them see. */
export const permissions = {
  'tenant.read': 'tenant',
  'tenant.write': 'tenant',
  'collection.read': 'tenant',
  'collection.write': 'tenant',
  'conversation.read': 'tenant',
  /** Trying what a bot would say: it changes nothing, and takes the platform's time. */
  'thread.simulate': 'tenant',
  'desk.read': 'tenant',
  'desk.write': 'tenant',
  'order.read': 'tenant',
  'refund.write': 'tenant',
  'book.read': 'tenant',
  'book.write': 'tenant',
  /** What the bank and the book do not agree on: no role of a tenant has it, who gets the money decides nothing. */
  'break.write': 'tenant',
  'consent.read': 'tenant',
  'consent.write': 'tenant',
  'grant.read': 'tenant',
  'grant.write': 'tenant',
  'proposal.read': 'tenant',
  'proposal.decide': 'tenant',
  'audit.read': 'tenant',
  'installation.read': 'tenant',
  'installation.write': 'tenant',
  'template.read': 'tenant',
  'template.write': 'tenant',
  'menu.read': 'tenant',
  'menu.write': 'tenant',
  'intent.read': 'tenant',
  'intent.write': 'tenant',
  'announcement.read': 'tenant',
  'announcement.write': 'tenant',
  'usage.read': 'tenant',
  'person.read': 'tenant',
  'person.write': 'tenant',
  /** Who one is; no scope takes it away. */
  'self.read': 'platform',
  /** Of which everybody sees their own. */
  'tenant.list': 'platform',
  'health.read': 'platform',
  'plugin.read': 'platform',
  'plugin.upload': 'platform',
  'plugin.review': 'platform',
  'kill.read': 'platform',
  'kill.throw': 'platform',
  'kill.lift': 'platform',
  'key.read': 'platform',
  'key.write': 'platform',
} as const

export type Permission = keyof typeof permissions

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text)
}

/** Sorted as in the table above. */
export function listPermissions(): readonly Permission[] {
  return Object.keys(permissions).filter(isPermission)
}
