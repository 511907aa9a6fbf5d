/** The client of the shared bank API: what a tenant's bank connection with `"connector": "open-api"` speaks. */
import { defineBank, type BankDefinition } from '@inthread/sdk/bank'
import { runConformance } from './conformance/run-conformance.ts'
import { openConnection } from './open-api/connection.ts'
import { settingsSchema } from './open-api/settings.ts'

export const openApi: BankDefinition<typeof settingsSchema> = defineBank({
  id: 'open-api',
  settings: settingsSchema,
  secrets: ['signingKey', 'webhookSecret', 'clientCertificateKey'],
  open: openConnection,
  check: runConformance,
})
