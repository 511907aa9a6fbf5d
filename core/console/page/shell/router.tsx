import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { readOrderSearch } from '../orders/order-search.ts'
import { Problem } from '../parts/problem.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Frame } from './frame.tsx'
import { HomeRedirect } from './home-redirect.tsx'
import { NotFound } from './not-found.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomeRedirect })

const tenant = createRoute({ getParentRoute: () => root, path: '/t/$tenant' })

const overview = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  component: lazyRouteComponent(() => import('../overview/overview-page.tsx'), 'OverviewPage'),
})

const orders = createRoute({
  getParentRoute: () => tenant,
  path: 'orders',
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import('../orders/orders-page.tsx'), 'OrdersPage'),
})

const approvals = createRoute({
  getParentRoute: () => tenant,
  path: 'approvals',
  validateSearch: readTexts('proposal', 'state'),
  component: lazyRouteComponent(() => import('../approvals/approvals-page.tsx'), 'ApprovalsPage'),
})

const desk = createRoute({
  getParentRoute: () => tenant,
  path: 'desk',
  validateSearch: readTexts('case'),
  component: lazyRouteComponent(() => import('../desk/desk-page.tsx'), 'DeskPage'),
})

const threads = createRoute({
  getParentRoute: () => tenant,
  path: 'threads',
  component: lazyRouteComponent(() => import('../threads/threads-page.tsx'), 'ThreadsPage'),
})

const thread = createRoute({
  getParentRoute: () => tenant,
  path: 'threads/$thread',
  component: lazyRouteComponent(() => import('../threads/thread-page.tsx'), 'ThreadPage'),
})

const simulator = createRoute({
  getParentRoute: () => tenant,
  path: 'simulator',
  validateSearch: readTexts('bot', 'thread'),
  component: lazyRouteComponent(() => import('../simulator/simulator-page.tsx'), 'SimulatorPage'),
})

const plugins = createRoute({
  getParentRoute: () => tenant,
  path: 'plugins',
  validateSearch: readTexts('kind'),
  component: lazyRouteComponent(() => import('../plugins/plugins-page.tsx'), 'PluginsPage'),
})

const plugin = createRoute({
  getParentRoute: () => tenant,
  path: 'plugins/$bot/$plugin',
  validateSearch: readTexts('tab'),
  component: lazyRouteComponent(() => import('../plugins/plugin-page.tsx'), 'PluginPage'),
})

const install = createRoute({
  getParentRoute: () => tenant,
  path: 'install/$plugin',
  component: lazyRouteComponent(() => import('../install/install-page.tsx'), 'InstallPage'),
})

const data = createRoute({
  getParentRoute: () => tenant,
  path: 'data',
  component: lazyRouteComponent(() => import('../data/data-page.tsx'), 'DataPage'),
})

const collection = createRoute({
  getParentRoute: () => tenant,
  path: 'data/$plugin/$collection',
  component: lazyRouteComponent(() => import('../data/collection-page.tsx'), 'CollectionPage'),
})

const breaks = createRoute({
  getParentRoute: () => tenant,
  path: 'breaks',
  validateSearch: readTexts('show', 'break'),
  component: lazyRouteComponent(() => import('../breaks/breaks-page.tsx'), 'BreaksPage'),
})

const consents = createRoute({
  getParentRoute: () => tenant,
  path: 'consents',
  validateSearch: readTexts('state', 'purpose', 'consent'),
  component: lazyRouteComponent(() => import('../consents/consents-page.tsx'), 'ConsentsPage'),
})

const audit = createRoute({
  getParentRoute: () => tenant,
  path: 'audit',
  validateSearch: readTexts('action', 'actor', 'object', 'from', 'until'),
  component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
})

const health = createRoute({
  getParentRoute: () => tenant,
  path: 'health',
  component: lazyRouteComponent(() => import('../health/health-page.tsx'), 'HealthPage'),
})

const menu = createRoute({
  getParentRoute: () => tenant,
  path: 'menu',
  validateSearch: readTexts('bot'),
  component: lazyRouteComponent(() => import('../menu/menu-page.tsx'), 'MenuPage'),
})

const connections = createRoute({
  getParentRoute: () => tenant,
  path: 'connections',
  component: lazyRouteComponent(() => import('../setup/connections-page.tsx'), 'ConnectionsPage'),
})

const newTenant = createRoute({
  getParentRoute: () => root,
  path: '/new',
  component: lazyRouteComponent(() => import('../setup/new-tenant-page.tsx'), 'NewTenantPage'),
})

const texts = createRoute({
  getParentRoute: () => tenant,
  path: 'texts',
  validateSearch: readTexts('plugin', 'text', 'language', 'find'),
  component: lazyRouteComponent(() => import('../texts/texts-page.tsx'), 'TextsPage'),
})

/** Words of the address that say what is looked at. */
function readTexts<Name extends string>(...names: readonly Name[]) {
  return (raw: Record<string, unknown>): { readonly [K in Name]?: string } => {
    const known = names.flatMap((name) => {
      const value = raw[name]
      return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [[name, String(value)]] : []
    })
    return Object.fromEntries(known) as { readonly [K in Name]?: string }
  }
}

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    newTenant,
    tenant.addChildren([
      ...([overview, threads, thread, desk, approvals] as const),
      ...([plugins, plugin, install, texts, menu, data, collection, simulator] as const),
      ...([orders, breaks, consents, connections, audit, health] as const),
    ]),
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  // What a page has in mind is about what it shows: another thing, another mind.
  defaultRemountDeps: ({ params }) => params,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => <Problem error={error as Error} retry={reset} />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
