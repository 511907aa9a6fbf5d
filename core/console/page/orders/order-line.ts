import type { AdminApi } from '@inthread/client'

export type OrderLine = Awaited<ReturnType<AdminApi['orders']['list']['query']>>['items'][number]
export type Order = Awaited<ReturnType<AdminApi['orders']['get']['query']>>
export type RefundLine = Awaited<ReturnType<AdminApi['orders']['refunds']['query']>>['items'][number]
