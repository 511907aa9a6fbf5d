import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Copied } from '../parts/copied.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { secretWords } from './secret-words.ts'
import type { SecretState } from './use-secrets.ts'

interface Props {
  readonly state: SecretState
  readonly bot: string
  readonly plugin: string
  readonly close: () => void
}

/** Typed or made here, and gone from this page once it is sent. */
export function SecretDialog({ state: { secret, signs, from }, bot, plugin, close }: Props) {
  const words = useWords(secretWords)
  const tenant = useTenantId()
  const [value, setValue] = useState('')
  const [made, setMade] = useState<string>()
  const entering = useDo({
    act: (client, given: string) =>
      client.installations.setSecret.mutate({ tenant, bot, plugin, secret, value: given }),
    touches: ['plugin-secrets'],
    done: () => {
      close()
      notifications.show({ title: words.entered, message: words.enteredText, color: 'green' })
    },
  })
  const make = (): void => {
    const fresh = makeWebhookSecret()
    setMade(fresh)
    setValue(fresh)
  }
  return (
    <Confirm
      title={fillIn(words.enterTitle, { secret })}
      text={from === 'nowhere' ? words.enterText : words.replaceText}
      action={words.save}
      ready={value !== ''}
      doing={entering}
      go={() => entering.mutate(value)}
      close={close}
    >
      <Stack gap="xs">
        <PasswordInput
          label={words.value}
          description={signs === null ? words.valueText : words.webhookText}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value.trim())}
          autoComplete="off"
          spellCheck={false}
        />
        {signs !== null && (
          <Button variant="default" size="xs" onClick={make}>
            {words.make}
          </Button>
        )}
        {made !== undefined && made === value && (
          <Alert color="yellow" title={words.made}>
            <Copied text={made} />
          </Alert>
        )}
      </Stack>
    </Confirm>
  )
}

/** As Standard Webhooks writes them: 32 bytes in base64. */
function makeWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
