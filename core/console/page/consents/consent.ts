import type { AdminApi } from '@inthread/client'

export type Consent = Awaited<ReturnType<AdminApi['consents']['list']['query']>>['items'][number]
export type ConsentState = Consent['state']
