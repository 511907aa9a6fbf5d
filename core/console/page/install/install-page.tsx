import { Button, Group, Select, Skeleton, Stepper } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Flows } from '../flows/flows.tsx'
import type { Package } from '../flows/flow.ts'
import { ProblemList } from '../form/problem-list.tsx'
import { inLanguage, type Schema } from '../form/schema.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { findNewest, useCatalogue, usePackage } from '../plugins/use-package.ts'
import { useMay } from '../session/session.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { ConsentStep } from './consent-step.tsx'
import { installWords } from './install-words.ts'
import { ResultStep } from './result-step.tsx'
import { useInstall, type Choice } from './use-install.ts'

const route = getRouteApi('/t/$tenant/install/$plugin')

/** What it does, what it wants, how it is set, and what is still missing: in four steps. */
export function InstallPage() {
  const words = useWords(installWords)
  const { tenant, plugin } = route.useParams()
  const catalogue = useCatalogue()
  const newest = findNewest(catalogue.data ?? [], plugin)
  const described = usePackage(plugin, newest?.version)
  const error = catalogue.error ?? described.error
  return (
    <>
      <Link className="back" to="/t/$tenant/plugins" params={{ tenant }}>
        <IconArrowLeft size={15} aria-hidden /> {words.back}
      </Link>
      {error ? (
        <Problem error={error} />
      ) : catalogue.data && !newest ? (
        <Empty title={words.unlisted} text={words.unlistedText} />
      ) : described.data ? (
        <Wizard package={described.data} />
      ) : (
        <Skeleton height={420} />
      )}
    </>
  )
}

function Wizard({ package: described }: { readonly package: Package }) {
  const words = useWords(installWords)
  const language = useLanguage()
  const mayGrant = useMay()('grant.write')
  const { bots } = useTenantSettings()
  const [step, setStep] = useState(0)
  const [choice, setChoice] = useState<Choice>(() => beginChoice(described, mayGrant))
  const bot = choice.bot || ([...bots.keys()][0] ?? '')
  const { install, granted } = useInstall(described)
  const title = pickWording(described.title, language)
  const problems = install.data?.problems ?? []
  const send = (): void =>
    install.mutate({ ...choice, bot }, { onSuccess: (done) => setStep(done.problems.length === 0 ? 3 : 2) })
  return (
    <>
      <PageHead title={fillIn(words.title, { plugin: title })} text={`${described.plugin} ${described.version}`} />
      <Stepper active={step} size="sm" allowNextStepsSelect={false} {...(step < 3 ? { onStepClick: setStep } : {})}>
        <Stepper.Step label={words.what}>
          <WhatStep package={described} bot={bot} choose={(chosen) => setChoice({ ...choice, bot: chosen })} />
          <Ways next={words.next} go={() => setStep(1)} disabled={bot === ''} />
        </Stepper.Step>
        <Stepper.Step label={words.consent}>
          <ConsentStep package={described} choice={choice} change={setChoice} />
          <Ways next={words.agree} go={() => setStep(2)} back={() => setStep(0)} />
        </Stepper.Step>
        <Stepper.Step label={words.settings}>
          <section className="panel" aria-label={words.settings}>
            <p className="faint form-help">{words.settingsText}</p>
            <SchemaForm
              schema={inLanguage(described.schema as Schema, language)}
              path="$.config"
              value={choice.config}
              inherited={{}}
              locked={[]}
              problems={problems}
              change={(config) => setChoice({ ...choice, config })}
            />
          </section>
          <ProblemList title={words.problems} problems={problems} />
          {install.error && <Problem error={install.error} />}
          <Ways next={words.install} go={send} back={() => setStep(1)} loading={install.isPending} />
        </Stepper.Step>
        <Stepper.Completed>
          <ResultStep package={described} bot={bot} granted={granted} title={title} />
        </Stepper.Completed>
      </Stepper>
    </>
  )
}

/** What is required is asked for, unless somebody says otherwise. */
function beginChoice({ needs }: Package, mayGrant: boolean): Choice {
  const wanted = mayGrant ? needs.filter(({ optional }) => !optional) : []
  return { bot: '', config: {}, grants: Object.fromEntries(wanted.map(({ need }) => [need, {}])) }
}

interface WhatProps {
  readonly package: Package
  readonly bot: string
  readonly choose: (bot: string) => void
}

function WhatStep({ package: described, bot, choose }: WhatProps) {
  const words = useWords(installWords)
  const language = useLanguage()
  const { bots } = useTenantSettings()
  if (bots.size === 0) return <Empty title={words.noBots} text={words.noBotsText} />
  return (
    <>
      <section className="panel" aria-label={words.what}>
        <Select
          label={words.bot}
          data={[...bots].map(([value, label]) => ({ value, label }))}
          value={bot}
          onChange={(value) => choose(value ?? bot)}
          allowDeselect={false}
          maw={360}
          mb="md"
        />
        <p className="faint">{words.whatText}</p>
        <ul className="begins" aria-label={words.begins}>
          {described.intents.map(({ intent, title }) => (
            <li key={intent}>{pickWording(title, language)}</li>
          ))}
        </ul>
      </section>
      <Flows plugin={described} />
    </>
  )
}

interface WaysProps {
  readonly next: string
  readonly go: () => void
  readonly back?: () => void
  readonly disabled?: boolean
  readonly loading?: boolean
  readonly children?: ReactNode
}

function Ways({ next, go, back, disabled = false, loading = false }: WaysProps) {
  const words = useWords(installWords)
  return (
    <Group justify="space-between" mt="lg">
      {back ? (
        <Button variant="default" onClick={back} disabled={loading}>
          {words.previous}
        </Button>
      ) : (
        <span />
      )}
      <Button onClick={go} disabled={disabled} loading={loading}>
        {next}
      </Button>
    </Group>
  )
}
