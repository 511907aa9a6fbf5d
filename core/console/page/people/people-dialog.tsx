import { Alert, Divider, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { Copied } from '../parts/copied.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useSession } from '../session/session.ts'
import { useTenants } from '../session/use-tenant.ts'
import { useWords } from '../words/use-words.ts'
import { InviteForm } from './invite-form.tsx'
import { Members } from './members.tsx'
import { peopleWords } from './people-words.ts'
import { Waiting } from './waiting.tsx'

/** Who works here, and who is invited. There is no mail server: links are handed over by whoever makes them. */
export function PeopleDialog({ close }: { readonly close: () => void }) {
  const words = useWords(peopleWords)
  const { me } = useSession()
  const [place, setPlace] = useState(me.tenant ?? '*')
  const [link, setLink] = useState<string>()
  return (
    <Dialog title={words.title} close={close} wide>
      <Stack>
        {me.tenant === null && <PlaceSelect place={place} choose={setPlace} />}
        <InviteForm key={place} place={place} tell={setLink} />
        {link !== undefined && (
          <Alert color="green" title={words.link}>
            <Copied text={link} />
          </Alert>
        )}
        <Divider />
        <Members place={place} tell={setLink} />
        <Waiting place={place} />
      </Stack>
    </Dialog>
  )
}

function PlaceSelect({ place, choose }: { readonly place: string; readonly choose: (place: string) => void }) {
  const words = useWords(peopleWords)
  const { tenants } = useTenants()
  return (
    <Select
      label={words.place}
      value={place}
      onChange={(value) => value !== null && choose(value)}
      allowDeselect={false}
      searchable
      data={[
        { value: '*', label: words.platform },
        ...tenants.map(({ tenant, name }) => ({ value: tenant, label: name })),
      ]}
    />
  )
}
