/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { AnnouncementsApi } from './announcements-api.ts'
import type { AnswersApi } from './answers-api.ts'
import type { AuditApi } from './audit-api.ts'
import type { BanksApi } from './banks-api.ts'
import type { BooksApi } from './books-api.ts'
import type { CollectionsApi } from './collections-api.ts'
import type { ConnectionsApi } from './connections-api.ts'
import type { ConsentsApi } from './consents-api.ts'
import type { ConversationsApi } from './conversations-api.ts'
import type { DeskApi } from './desk-api.ts'
import type { GrantsApi } from './grants-api.ts'
import type { HealthApi } from './health-api.ts'
import type { InstallationsApi } from './installations-api.ts'
import type { IntentsApi } from './intents-api.ts'
import type { KeysApi } from './keys-api.ts'
import type { MenusApi } from './menus-api.ts'
import type { OrdersApi } from './orders-api.ts'
import type { PeopleApi } from './people-api.ts'
import type { PluginsApi } from './plugins-api.ts'
import type { ProposalsApi } from './proposals-api.ts'
import type { TemplatesApi } from './templates-api.ts'
import type { TenantsApi } from './tenants-api.ts'
import type { ThreadsApi } from './threads-api.ts'
import type { UsageApi } from './usage-api.ts'

export const procedures = {
  'announcements.get': 'query',
  'announcements.send': 'mutation',
  'answers.list': 'query',
  'answers.remove': 'mutation',
  'answers.save': 'mutation',
  'audit.follow': 'subscription',
  'audit.list': 'query',
  'audit.verify': 'query',
  'banks.check': 'mutation',
  'banks.report': 'query',
  'books.breaks': 'query',
  'books.changeTerms': 'mutation',
  'books.days': 'query',
  'books.export': 'query',
  'books.giveBreakBack': 'mutation',
  'books.importStatement': 'mutation',
  'books.resolveBreak': 'mutation',
  'books.statements': 'query',
  'books.takeBreak': 'mutation',
  'books.terms': 'query',
  'collections.export': 'query',
  'collections.get': 'query',
  'collections.import': 'mutation',
  'collections.list': 'query',
  'connections.kinds': 'query',
  'consents.list': 'query',
  'consents.withdraw': 'mutation',
  'conversations.follow': 'subscription',
  'conversations.list': 'query',
  'conversations.timeline': 'query',
  'desk.back': 'mutation',
  'desk.claim': 'mutation',
  'desk.follow': 'subscription',
  'desk.followCase': 'subscription',
  'desk.list': 'query',
  'desk.open': 'mutation',
  'desk.read': 'query',
  'desk.release': 'mutation',
  'desk.say': 'mutation',
  'grants.block': 'mutation',
  'grants.change': 'mutation',
  'grants.list': 'query',
  'grants.unblock': 'mutation',
  'health.get': 'query',
  'health.works': 'query',
  'installations.configure': 'mutation',
  'installations.dropSecret': 'mutation',
  'installations.enable': 'mutation',
  'installations.get': 'query',
  'installations.history': 'query',
  'installations.install': 'mutation',
  'installations.list': 'query',
  'installations.pause': 'mutation',
  'installations.resume': 'mutation',
  'installations.secrets': 'query',
  'installations.setSecret': 'mutation',
  'installations.uninstall': 'mutation',
  'installations.upgrade': 'mutation',
  'installations.verdict': 'query',
  'intents.explain': 'query',
  'intents.list': 'query',
  'intents.put': 'mutation',
  'keys.create': 'mutation',
  'keys.list': 'query',
  'keys.me': 'query',
  'keys.revoke': 'mutation',
  'menus.get': 'query',
  'menus.publish': 'mutation',
  'menus.put': 'mutation',
  'orders.book': 'query',
  'orders.get': 'query',
  'orders.list': 'query',
  'orders.refund': 'mutation',
  'orders.refunds': 'query',
  'people.invitations': 'query',
  'people.invite': 'mutation',
  'people.leaving': 'query',
  'people.list': 'query',
  'people.remove': 'mutation',
  'people.renew': 'mutation',
  'people.withdraw': 'mutation',
  'plugins.catalogue': 'query',
  'plugins.get': 'query',
  'plugins.kill': 'mutation',
  'plugins.kills': 'query',
  'plugins.list': 'mutation',
  'plugins.registerPublisher': 'mutation',
  'plugins.review': 'mutation',
  'plugins.revoke': 'mutation',
  'plugins.suspend': 'mutation',
  'plugins.unkill': 'mutation',
  'plugins.upload': 'mutation',
  'proposals.approve': 'mutation',
  'proposals.get': 'query',
  'proposals.list': 'query',
  'proposals.reject': 'mutation',
  'templates.get': 'query',
  'templates.list': 'query',
  'templates.preview': 'query',
  'templates.put': 'mutation',
  'tenants.apply': 'mutation',
  'tenants.export': 'query',
  'tenants.get': 'query',
  'tenants.list': 'query',
  'threads.script': 'query',
  'threads.simulate': 'mutation',
  'usage.days': 'query',
} as const

export interface AdminApi {
  readonly announcements: AnnouncementsApi
  readonly answers: AnswersApi
  readonly audit: AuditApi
  readonly banks: BanksApi
  readonly books: BooksApi
  readonly collections: CollectionsApi
  readonly connections: ConnectionsApi
  readonly consents: ConsentsApi
  readonly conversations: ConversationsApi
  readonly desk: DeskApi
  readonly grants: GrantsApi
  readonly health: HealthApi
  readonly installations: InstallationsApi
  readonly intents: IntentsApi
  readonly keys: KeysApi
  readonly menus: MenusApi
  readonly orders: OrdersApi
  readonly people: PeopleApi
  readonly plugins: PluginsApi
  readonly proposals: ProposalsApi
  readonly templates: TemplatesApi
  readonly tenants: TenantsApi
  readonly threads: ThreadsApi
  readonly usage: UsageApi
}
