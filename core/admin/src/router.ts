import { auditRouter } from './router/audit/audit.router.ts'
import { banksRouter } from './router/tenants/banks.router.ts'
import { booksRouter } from './router/books/books.router.ts'
import { connectionsRouter } from './router/tenants/connections.router.ts'
import { consentsRouter } from './router/books/consents.router.ts'
import { collectionsRouter } from './router/collections.router.ts'
import { conversationsRouter } from './router/conversations.router.ts'
import { deskRouter } from './router/desk.router.ts'
import { grantsRouter } from './router/grants.router.ts'
import { healthRouter } from './router/health.router.ts'
import { keysRouter } from './router/access/keys.router.ts'
import { installationsRouter } from './router/installations.router.ts'
import { ordersRouter } from './router/orders.router.ts'
import { peopleRouter } from './router/access/people.router.ts'
import { pluginsRouter } from './router/plugins.router.ts'
import { router } from './router/procedure.ts'
import { proposalsRouter } from './router/proposals.router.ts'
import { answersRouter } from './router/speech/answers.router.ts'
import { announcementsRouter } from './router/speech/announcements.router.ts'
import { intentsRouter } from './router/speech/intents.router.ts'
import { menusRouter } from './router/speech/menus.router.ts'
import { templatesRouter } from './router/speech/templates.router.ts'
import { usageRouter } from './router/speech/usage.router.ts'
import { threadsRouter } from './router/threads.router.ts'
import { tenantsRouter } from './router/tenants/tenants.router.ts'

export type { AdminContext } from './router/procedure.ts'

/** The admin API. Static: what is enabled for a tenant is data, never another router. */
export const adminRouter = router({
  tenants: tenantsRouter,
  banks: banksRouter,
  connections: connectionsRouter,
  collections: collectionsRouter,
  conversations: conversationsRouter,
  threads: threadsRouter,
  desk: deskRouter,
  answers: answersRouter,
  orders: ordersRouter,
  books: booksRouter,
  consents: consentsRouter,
  grants: grantsRouter,
  proposals: proposalsRouter,
  audit: auditRouter,
  keys: keysRouter,
  people: peopleRouter,
  plugins: pluginsRouter,
  installations: installationsRouter,
  templates: templatesRouter,
  menus: menusRouter,
  intents: intentsRouter,
  announcements: announcementsRouter,
  usage: usageRouter,
  health: healthRouter,
})

export type AdminRouter = typeof adminRouter
