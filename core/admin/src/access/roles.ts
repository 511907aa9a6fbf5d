import { listPermissions, type Permission } from './permissions.ts'

/** What both of the bank's people do: they look, and say how far its grants go. */
const ofBank = [
  'usage.read',
  'self.read',
  ...(['tenant.list', 'tenant.read', 'order.read', 'book.read', 'consent.read', 'grant.read', 'grant.write'] as const),
  ...(['proposal.read', 'proposal.decide', 'audit.read', 'installation.read', 'plugin.read'] as const),
  'health.read',
  'kill.read',
] as const

const productOwner = [...ofBank, 'plugin.review'] as const

const risk = [...ofBank, 'kill.throw', 'kill.lift'] as const

/** What the bots say, and what may be said to them. */
const speech = [
  ...(['template.read', 'template.write', 'menu.read', 'menu.write', 'intent.read', 'intent.write'] as const),
] as const

const owner = [
  'self.read',
  ...speech,
  ...(['announcement.read', 'announcement.write', 'usage.read'] as const),
  ...(['tenant.list', 'tenant.read', 'tenant.write', 'collection.read', 'collection.write'] as const),
  ...(['conversation.read', 'thread.simulate', 'desk.read', 'desk.write', 'order.read', 'refund.write'] as const),
  ...(['book.read', 'book.write', 'consent.read', 'consent.write', 'grant.read', 'grant.write'] as const),
  ...(['proposal.read', 'proposal.decide', 'installation.read', 'installation.write'] as const),
  ...(['audit.read', 'plugin.read', 'health.read', 'person.read', 'person.write'] as const),
] as const

/** What users wrote is theirs: an auditor reads everything else, and changes nothing. */
const auditor = listPermissions().filter(
  (permission) =>
    (permission.endsWith('.read') || permission === 'tenant.list') &&
    permission !== 'conversation.read' &&
    permission !== 'desk.read',
)

/** Shows and fills what the bots show. The definition names banks and operators too, and stays with the owner. */
const editor = [
  'self.read',
  ...speech,
  ...(['usage.read', 'thread.simulate'] as const),
  ...(['tenant.list', 'tenant.read', 'collection.read', 'collection.write', 'grant.read', 'proposal.read'] as const),
  ...(['installation.read', 'installation.write', 'plugin.read', 'health.read'] as const),
] as const

/** Answers users, and sees how an order of theirs stands. */
const agent = ['self.read', 'conversation.read', 'desk.read', 'desk.write', 'order.read'] as const

/** Writes plugins: no user, no order, no money. */
const developer = [
  'self.read',
  ...(['template.read', 'menu.read', 'intent.read'] as const),
  ...(['tenant.list', 'tenant.read', 'collection.read', 'grant.read', 'installation.read'] as const),
  ...(['plugin.read', 'plugin.upload', 'health.read', 'thread.simulate'] as const),
] as const

/** Who may do what. What does not stand here is refused. */
export const roles = {
  operator: { of: 'platform', may: listPermissions() },
  /** Both of the bank's people in one, as keys of the bank were before there were two. */
  bank: { of: 'platform', may: [...new Set<Permission>([...productOwner, ...risk])] },
  'product-owner': { of: 'platform', may: productOwner },
  risk: { of: 'platform', may: risk },
  auditor: { of: 'platform', may: auditor },
  owner: { of: 'tenant', may: owner },
  editor: { of: 'tenant', may: editor },
  agent: { of: 'tenant', may: agent },
  developer: { of: 'tenant', may: developer },
} as const satisfies Readonly<
  Record<string, { readonly of: 'platform' | 'tenant'; readonly may: readonly Permission[] }>
>

export type Role = keyof typeof roles

export function isRole(text: string): text is Role {
  return Object.hasOwn(roles, text)
}
