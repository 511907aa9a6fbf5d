import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useInstallations } from '../plugins/use-package.ts'
import { useMay } from '../session/session.ts'
import { tryText } from '../simulator/drafts.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'
import { useWords } from '../words/use-words.ts'

interface Props {
  readonly tenant: string
  readonly plugin: string
  readonly text: string
  readonly language: string
  readonly source: string
  /** Whether it differs from what is in force. */
  readonly changed: boolean
}

/** A wording in a whole thread before anybody else reads it: in the first bot that has the plugin. */
export function TryText({ tenant, plugin, text, language, source, changed }: Props) {
  const words = useWords(simulatorWords)
  const navigate = useNavigate()
  const may = useMay()('thread.simulate')
  const { data } = useInstallations(tenant)
  const bot = data?.find((each) => each.plugin === plugin)?.bot
  if (!may || bot === undefined) return null
  const go = (): void => {
    if (changed) tryText(tenant, bot, { plugin, text, locale: language, source })
    void navigate({ to: '/t/$tenant/simulator', params: { tenant }, search: { bot } })
  }
  return (
    <Button variant="default" onClick={go}>
      {words.tryIt}
    </Button>
  )
}
