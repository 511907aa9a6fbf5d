import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMay } from '../session/session.ts'
import { tryMenu } from '../simulator/drafts.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'
import { useWords } from '../words/use-words.ts'
import { tidyMenu, type Key } from './menu.ts'

interface Props {
  readonly tenant: string
  readonly bot: string
  readonly keys: readonly Key[]
}

/** The menu below a whole thread, before it is below anybody's. */
export function TryMenu({ tenant, bot, keys }: Props) {
  const words = useWords(simulatorWords)
  const navigate = useNavigate()
  if (!useMay()('thread.simulate')) return null
  const go = (): void => {
    tryMenu(tenant, bot, tidyMenu(keys))
    void navigate({ to: '/t/$tenant/simulator', params: { tenant }, search: { bot } })
  }
  return (
    <Button variant="default" onClick={go}>
      {words.tryIt}
    </Button>
  )
}
