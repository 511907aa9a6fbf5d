import { readSettings, startHouse } from '@inthread/runtime'
import { createAdminClient } from '@inthread/client'
import { readDefinition } from '../kit/definition.ts'
import { benchBot, benchToken } from './pushes.ts'

/** The real platform, its sample scene in place, at an operator that takes everything. */
const settings = readSettings(
  { ...process.env, INTHREAD_PORT: process.env['BENCH_PORT'], INTHREAD_LOG: 'silent', INTHREAD_SANDBOX: 'on' },
  false,
)
const house = await startHouse(settings)
const { definition, files } = readDefinition('northern-rail')
const [operator] = definition.operators
Object.assign(operator ?? {}, {
  serverRoot: process.env['BENCH_SINK'],
  chatbotId: benchBot,
  callbackToken: { secret: `plain:${benchToken}` },
})
delete operator?.['rate']
Object.assign(definition.banks[0] ?? {}, { baseUrl: 'http://127.0.0.1:9' })
const api = createAdminClient({ url: house.url, apiKey: house.adminKey })
const { problems } = await api.tenants.apply.mutate({ definition, files })
if (problems.length > 0) throw new Error(JSON.stringify(problems))
process.send?.('ready')
process.once('SIGTERM', () => void house.stop().then(() => process.exit(0)))
