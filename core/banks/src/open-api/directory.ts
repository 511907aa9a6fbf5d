import type { BankLink, BankOutcome, BankProfile, LinkRequest, PayMethod } from '@inthread/sdk/bank'
import { buildOutcome, unknown, type Reader } from './outcome.ts'
import { capabilitiesSchema, linkSchema, methodsSchema } from './resources.ts'
import type { Exchange } from './transport/exchange.ts'

/** Who the bank is and where this client's money goes. */
export async function runProfile(exchange: Exchange, clientId: string): Promise<BankOutcome<BankProfile>> {
  const answer = await exchange({ method: 'GET', path: ['v1', 'capabilities'] })
  return buildOutcome(answer, {
    asked: 'reading',
    schema: capabilitiesSchema,
    read: ({ tenant, bank, payee, consents }): BankOutcome<BankProfile> =>
      // Every client asks under the same URL: the payee of another one must not become ours.
      tenant === clientId
        ? {
            kind: 'done',
            value: { name: bank.name, payee, zone: bank.zone, ...(consents.length === 0 ? {} : { consents }) },
          }
        : unknown('answer_of_another_request'),
  })
}

export async function runLink(exchange: Exchange, request: LinkRequest): Promise<BankOutcome<BankLink>> {
  const { key, phone, userRef, locale } = request
  const body = { phone, userRef, ...(locale === undefined ? {} : { locale }) }
  const answer = await exchange({ method: 'POST', path: ['v1', 'links'], key, body })
  return buildOutcome(answer, linkReader)
}

/** Only what may pay. */
export async function runMethods(exchange: Exchange, link: string): Promise<BankOutcome<readonly PayMethod[]>> {
  return buildOutcome(await exchange({ method: 'GET', path: ['v1', 'links', link, 'methods'] }), methodsReader)
}

const linkReader: Reader<typeof linkSchema, BankOutcome<BankLink>> = {
  asked: 'link',
  schema: linkSchema,
  read({ id, state }) {
    if (state === 'none') return { kind: 'done', value: { state: 'none', ...(id ? { id } : {}) } }
    if (state !== 'active') return { kind: 'pending', value: { state: 'none' } }
    return id ? { kind: 'done', value: { state: 'active', id } } : unknown('answer_malformed')
  },
}

const methodsReader: Reader<typeof methodsSchema, BankOutcome<readonly PayMethod[]>> = {
  asked: 'link',
  schema: methodsSchema,
  read: ({ methods }) => ({
    kind: 'done',
    value: methods
      .filter((method) => method.canPay)
      .map(({ id, label, mask, kind, default: preferred }) => ({
        ...{ id, label, mask, preferred },
        ...(kind === undefined ? {} : { kind }),
      })),
  }),
}
