import { Combobox, InputBase, useCombobox } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { useMay, useSession } from '../session/session.ts'
import { newTenantWords } from '../setup/setup-words.ts'
import { shellWords } from './shell-words.ts'
import { useTenantId, useTenants, type TenantLine } from '../session/use-tenant.ts'

/** Whose pages these are. With one tenant there is nothing to choose, and it is only said. */
export function TenantSwitch() {
  const { tenants } = useTenants()
  const id = useTenantId()
  const current = tenants.find(({ tenant }) => tenant === id) ?? tenants[0]
  return (
    <div>
      {current && tenants.length === 1 && <div className="tenant tenant-only">{current.name}</div>}
      {current && tenants.length > 1 && <TenantChoice tenants={tenants} current={current} />}
      <NewTenant />
    </div>
  )
}

/** For whoever runs the platform. */
function NewTenant() {
  const words = useWords(newTenantWords)
  const { me } = useSession()
  const may = useMay()('tenant.write')
  if (me.tenant !== null || !may) return null
  return (
    <Link to="/new" className="tenant-new">
      {words.link}
    </Link>
  )
}

interface ChoiceProps {
  readonly tenants: readonly TenantLine[]
  readonly current: TenantLine
}

function TenantChoice({ tenants, current }: ChoiceProps) {
  const words = useWords(shellWords)
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => setSearch(''),
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const found = tenants.filter(({ tenant, name }) => `${tenant} ${name}`.toLowerCase().includes(search.toLowerCase()))
  const choose = (tenant: string): void => {
    combobox.closeDropdown()
    void navigate({ to: '/t/$tenant', params: { tenant } })
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" withinPortal={false}>
      <Combobox.Target withAriaAttributes={false}>
        <InputBase
          component="button"
          type="button"
          className="tenant"
          pointer
          aria-label={`${words.tenant}: ${current.name}`}
          aria-haspopup="listbox"
          rightSection={<IconSelector size={16} aria-hidden />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
        >
          {current.name}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={words.searchTenant}
          aria-label={words.searchTenant}
        />
        <TenantOptions found={found} current={current} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

function TenantOptions({ found, current }: { readonly found: readonly TenantLine[]; readonly current: TenantLine }) {
  const words = useWords(shellWords)
  return (
    <Combobox.Options aria-label={words.tenant} mah={320} className="tenant-options">
      {found.length === 0 && <Combobox.Empty>{words.noTenants}</Combobox.Empty>}
      {found.map(({ tenant, name }) => (
        <Combobox.Option key={tenant} value={tenant} aria-selected={tenant === current.tenant}>
          <span className="tenant-option">
            <span>
              {name}
              <small>{tenant}</small>
            </span>
            {tenant === current.tenant && <IconCheck size={15} aria-hidden />}
          </span>
        </Combobox.Option>
      ))}
    </Combobox.Options>
  )
}
