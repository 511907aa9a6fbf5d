import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Problem } from '../parts/problem.tsx'
import { useDo } from '../session/use-ask.ts'
import { roleWords } from '../shell/role-words.ts'
import { useWords } from '../words/use-words.ts'
import { peopleWords } from './people-words.ts'

const ofTenant = ['owner', 'editor', 'agent', 'developer'] as const
const ofPlatform = ['operator', 'bank', 'product-owner', 'risk', 'auditor'] as const

type Role = (typeof ofTenant)[number] | (typeof ofPlatform)[number]

interface Props {
  readonly place: string
  readonly tell: (link: string) => void
}

export function InviteForm({ place, tell }: Props) {
  const words = useWords(peopleWords)
  const names = useWords(roleWords)
  const roles: readonly Role[] = place === '*' ? ofPlatform : ofTenant
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>(place === '*' ? 'auditor' : 'agent')
  const inviting = useDo({
    act: (client, wanted: { readonly email: string; readonly role: Role }) =>
      client.people.invite.mutate({ tenant: place, ...wanted }),
    touches: ['people'],
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    inviting.mutate({ email, role }, { onSuccess: ({ link }) => tell(link) })
  }
  return (
    <form onSubmit={submit} aria-label={words.invite}>
      <Stack gap="xs">
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Select
          label={words.role}
          value={role}
          onChange={(value) => setRole(roles.find((each) => each === value) ?? role)}
          allowDeselect={false}
          data={roles.map((each) => ({ value: each, label: names[each] }))}
        />
        {inviting.error && <Problem error={inviting.error} />}
        <Button type="submit" loading={inviting.isPending}>
          {words.make}
        </Button>
      </Stack>
    </form>
  )
}
