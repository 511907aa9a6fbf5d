import type { Group } from '../form/schema.ts'

/** Where the sandbox operator's chatbots live. */
const domain = 'botplatform.rcs.vnet.cn'

/** An account at the sandbox operator, which is told of it by the platform. */
export function buildSandboxOperator(tenant: string, bot: Group): Group {
  return {
    id: 'sandbox',
    bot: bot['id'],
    channel: 'csp-json',
    serverRoot: 'sandbox:operator',
    chatbotId: `sip:${String(bot['serviceNumber'])}@${domain}`,
    appId: tenant,
    appKey: makeSecret(18),
    callbackToken: makeSecret(12),
  }
}

export function buildSandboxBank(tenant: string): Group {
  return {
    id: 'main',
    connector: 'open-api',
    baseUrl: 'sandbox:bank',
    clientId: tenant,
    signingKey: makeSecret(32),
  }
}

/** So many random bytes, which nobody has to see. */
function makeSecret(size: number): { readonly secret: string } {
  const bytes = crypto.getRandomValues(new Uint8Array(size))
  const base64 = btoa(String.fromCharCode(...bytes))
  return { secret: `plain:${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}` }
}
