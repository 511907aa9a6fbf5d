import type { AdminApi } from '@inthread/client'

export type Collection = Awaited<ReturnType<AdminApi['collections']['list']['query']>>[number]
export type Report = Awaited<ReturnType<AdminApi['collections']['import']['mutate']>>
