import { Alert, Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { act } from '../session/auth.ts'
import { authWords } from '../session/auth-words.ts'
import { useAct } from '../session/use-act.ts'

/** For the bank's own staff, where their identity provider is set up. */
export function BankButton() {
  const words = useWords(authWords)
  const [bank, setBank] = useState<string | null>(null)
  useEffect(() => {
    act<{ readonly bank: string | null }>('ways').then(
      (ways) => setBank(ways.bank),
      () => undefined,
    )
  }, [])
  const { busy, problem, submit } = useAct(async () => {
    const { url } = await act<{ readonly url: string }>('bank-start')
    location.assign(url)
  })
  if (bank === null) return null
  return (
    <form onSubmit={submit}>
      {location.hash === '#sign-in=refused' && <Alert color="yellow">{words.bankRefused}</Alert>}
      {problem !== undefined && <Alert color="yellow">{problem}</Alert>}
      <Button type="submit" variant="default" loading={busy} fullWidth mt="xs">
        {fillIn(words.withBank, { bank })}
      </Button>
    </form>
  )
}
