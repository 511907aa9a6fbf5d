import type { MessageView } from '@inthread/sandbox-operator/views'

interface Person {
  readonly name: string
  readonly idNumber: string
  readonly business?: string
  readonly licence?: string
}

/** Fills in the form that a message of the bank leads to, on the bank's own page, as the customer would. */
export async function fillIn(bankUrl: string, message: MessageView, name: string): Promise<void> {
  const answer = await submitForm(bankUrl, message, name)
  if (!answer.ok) throw new Error(`the page answers ${answer.status}: ${await answer.text()}`)
}

/** What the page says is for the caller: one that has served already refuses. */
export async function submitForm(bankUrl: string, message: MessageView, name: string): Promise<Response> {
  const { customers } = (await (await fetch(`${bankUrl}/sandbox/customers`)).json()) as {
    readonly customers: readonly Person[]
  }
  const person = customers.find((customer) => customer.name === name)
  const page = message.suggestions.find(({ kind }) => kind === 'open')?.target
  if (!person || page === undefined) throw new Error(`no form for ${name} in this message`)
  const fields = { ...person, income: '12000', address: '成都市锦江区', employer: '星光小学' }
  const { name: called, idNumber, income, address, employer, business = '', licence = '' } = fields
  const body = new URLSearchParams({ name: called, idNumber, income, address, employer, business, licence })
  return fetch(page, { method: 'POST', body })
}
