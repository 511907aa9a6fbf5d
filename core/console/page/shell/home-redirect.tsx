import { Navigate } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { useWords } from '../words/use-words.ts'
import { shellWords } from './shell-words.ts'
import { useTenants } from '../session/use-tenant.ts'

/** Whoever comes without an address is led to their first tenant. */
export function HomeRedirect() {
  const words = useWords(shellWords)
  const { tenants, isPending } = useTenants()
  const [first] = tenants
  if (isPending) return <PageSkeleton />
  if (!first) return <Empty title={words.noTenantTitle} text={words.noTenantText} />
  return <Navigate to="/t/$tenant" params={{ tenant: first.tenant }} replace />
}
