import type { AdminApi } from '@inthread/client'

export type Package = Awaited<ReturnType<AdminApi['plugins']['get']['query']>>
export type Flow = Package['flows'][number]
export type FlowStep = Flow['steps'][number]
