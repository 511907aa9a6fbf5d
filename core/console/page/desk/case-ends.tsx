import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { deskWords } from './desk-words.ts'

/** How a case leaves one's hands: to a colleague, or back to the bot. */
type End = 'release' | 'back'

export function CaseEnds({ id }: { readonly id: string }) {
  const words = useWords(deskWords)
  const [asking, ask] = useState<End>()
  return (
    <Group className="desk-ends">
      <Button variant="default" size="xs" onClick={() => ask('release')}>
        {words.release}
      </Button>
      <Button variant="default" size="xs" onClick={() => ask('back')}>
        {words.back}
      </Button>
      {asking && <EndDialog id={id} end={asking} close={() => ask(undefined)} />}
    </Group>
  )
}

interface Props {
  readonly id: string
  readonly end: End
  readonly close: () => void
}

function EndDialog({ id, end, close }: Props) {
  const words = useWords(deskWords)
  const tenant = useTenantId()
  const doing = useDo({
    act: (client, _: undefined) => client.desk[end].mutate({ tenant, case: id }),
    touches: ['desk'],
    done: () => void notifications.show({ message: words[end === 'back' ? 'gaveBack' : 'released'], color: 'green' }),
  })
  return (
    <Confirm
      title={words[`${end}Title`]}
      text={words[`${end}Text`]}
      action={words[end]}
      doing={doing}
      go={() => doing.mutate(undefined, { onSuccess: close })}
      close={close}
    />
  )
}
