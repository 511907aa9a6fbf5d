import { Button, Checkbox, Group as Row, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Problem as Wrong } from '../form/field.ts'
import { ProblemList } from '../form/problem-list.tsx'
import type { Group, Schema } from '../form/schema.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { count } from '../words/fill-in.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { wordSchema, type Definition } from './definition.ts'
import { botForm, tenantForm } from './plain-schemas.ts'
import { buildSandboxBank, buildSandboxOperator } from './sandbox-parts.ts'
import { newTenantWords, settingWords, setupWords } from './setup-words.ts'
import { useApply, useKinds } from './use-setup.ts'

interface Draft {
  readonly tenant: Group
  readonly bot: Group
  readonly operator: boolean
  readonly bank: boolean
}

/** A tenant from nothing: who it is, its first bot, and where that is connected. */
export function NewTenantPage() {
  const words = useWords(newTenantWords)
  const [draft, change] = useDraft()
  const { data } = useKinds()
  const sandbox = data?.sandbox ?? false
  const create = useCreate()
  const problems = create.data?.problems ?? []
  return (
    <>
      <PageHead title={words.title} text={words.text} />
      <Part
        title={words.tenant}
        schema={tenantForm}
        path="$.tenant"
        {...{ problems }}
        {...bind(draft, 'tenant', change)}
      />
      <Part title={words.bot} schema={botForm} path="$.bots[0]" {...{ problems }} {...bind(draft, 'bot', change)} />
      <SandboxPart sandbox={sandbox} draft={draft} change={change} />
      <Rest problems={problems} />
      {create.error && <Problem error={create.error} />}
      <Button loading={create.isPending} onClick={() => create.go(buildDefinition(draft, sandbox))}>
        {words.go}
      </Button>
    </>
  )
}

type Change = (draft: Draft) => void

function useDraft(): readonly [Draft, Change] {
  const locale = useLanguage() === 'zh' ? 'zh-CN' : 'en'
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return useState<Draft>({
    tenant: { locale, timeZone, currency: 'CNY' },
    bot: { id: 'main' },
    operator: true,
    bank: true,
  })
}

const bind = (draft: Draft, name: 'tenant' | 'bot', change: Change) => ({
  value: draft[name],
  change: (value: Group) => change({ ...draft, [name]: value }),
})

function buildDefinition({ tenant, bot, operator, bank }: Draft, sandbox: boolean): Definition {
  const id = String(tenant['id'] ?? '')
  return {
    tenant,
    bots: [{ ...bot, plugins: [], menu: [] }],
    operators: sandbox && operator ? [buildSandboxOperator(id, bot)] : [],
    banks: sandbox && bank ? [buildSandboxBank(id)] : [],
    data: [],
  }
}

function useCreate() {
  const words = useWords(newTenantWords)
  const navigate = useNavigate()
  const apply = useApply(false)
  const go = (definition: Definition): void =>
    apply.mutate(definition, {
      onSuccess: ({ applied, tenant }) => {
        if (!applied || tenant === null) return
        notifications.show({ message: words.done, color: 'green' })
        void navigate({ to: '/t/$tenant/plugins', params: { tenant } })
      },
    })
  return { data: apply.data, error: apply.error, isPending: apply.isPending, go }
}

interface PartProps {
  readonly title: string
  readonly schema: Schema
  readonly path: string
  readonly value: Group
  readonly problems: readonly Wrong[]
  readonly change: (value: Group) => void
}

function Part({ title, schema, ...rest }: PartProps) {
  const names = useWords(settingWords)
  const worded = wordSchema(schema, names, { names: [], help: '', kept: false })
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      <SchemaForm schema={worded} inherited={{}} locked={[]} {...rest} />
    </section>
  )
}

interface SandboxProps {
  readonly sandbox: boolean
  readonly draft: Draft
  readonly change: Change
}

function SandboxPart({ sandbox, draft, change }: SandboxProps) {
  const words = useWords(newTenantWords)
  if (!sandbox) return <p className="faint">{words.live}</p>
  return (
    <section className="panel" aria-label={words.sandbox}>
      <div className="panel-head">
        <h2>{words.sandbox}</h2>
      </div>
      <Stack gap="xs">
        <p className="faint">{words.sandboxText}</p>
        {(['operator', 'bank'] as const).map((name) => (
          <Checkbox
            key={name}
            label={words[name]}
            checked={draft[name]}
            onChange={(event) => change({ ...draft, [name]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </section>
  )
}

/** What is wrong, also where no field stands for it. */
function Rest({ problems }: { readonly problems: readonly Wrong[] }) {
  const words = useWords(setupWords)
  if (problems.length === 0) return null
  return (
    <Row mb="md">
      <ProblemList title={count(problems.length, words.problemOne, words.problems)} problems={problems} />
    </Row>
  )
}
