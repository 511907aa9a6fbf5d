import { readBank } from '../purchase.ts'

/** What a sandbox answers to one of its controls; undefined where it says nothing. Throws with what it says instead. */
export async function callControl(url: string, method: string, body?: object): Promise<unknown> {
  const content = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
  const answer = await fetch(url, { method, ...content })
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return text === '' ? undefined : JSON.parse(text)
}

/** `subject` is who is in it, or what: `biller:water`, `price:gold`. */
export async function setMood(bankUrl: string, subject: string, mood: string): Promise<void> {
  await callControl(`${bankUrl}/sandbox/moods/${encodeURIComponent(subject)}`, 'PUT', { mood })
}

/** What the bank would otherwise do in its own time happens to one of its deeds now. */
export async function letHappen(bankUrl: string, deed: string, event: string): Promise<void> {
  await callControl(`${bankUrl}/sandbox/deeds/${deed}/events`, 'POST', { event })
}

/** What an account holds, and what of it is reserved, in a bank whose books add up. */
export async function readAccount(bankUrl: string, mask = '****1234'): Promise<readonly [string, string] | undefined> {
  const { accounts, totals } = await readBank(bankUrl)
  const wrong = Object.entries(totals).filter(([, total]) => total !== '0')
  if (wrong.length > 0) throw new Error(`the books do not add up: ${JSON.stringify(wrong)}`)
  const account = accounts.find((each) => each.mask === mask)
  return account && [account.balanceMinor, account.heldMinor]
}
