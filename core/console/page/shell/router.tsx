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
  validateSearch: readText('proposal'),
  component: lazyRouteComponent(() => import('../approvals/approvals-page.tsx'), 'ApprovalsPage'),
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

/** One word of the address that says what is looked at. */
function readText<Name extends string>(name: Name) {
  return (raw: Record<string, unknown>): { readonly [K in Name]?: string } => {
    const value = raw[name]
    return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { readonly [K in Name]?: string }
  }
}

export const router = createRouter({
  routeTree: root.addChildren([home, tenant.addChildren([overview, threads, thread, orders, approvals])]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => <Problem error={error as Error} retry={reset} />,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
