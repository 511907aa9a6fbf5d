import { Alert, Button, Select, Skeleton, Switch } from '@mantine/core'
import { IconArrowBackUp, IconRefresh } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useFilter } from '../filters/use-filter.ts'
import { ProblemList } from '../form/problem-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { useTenantSettings } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { DraftNote } from './draft-note.tsx'
import { countDrafts, readDrafts } from './drafts.ts'
import { OutsidePanel } from './outside-panel.tsx'
import { PhoneView } from '../phone/phone-view.tsx'
import { ReplayNote } from './replay-note.tsx'
import { actsAtMost, type Act, type Thread } from './simulator.ts'
import { simulatorWords } from './simulator-words.ts'
import { TimeMenu } from './time-menu.tsx'
import { TurnList } from './turn-list.tsx'
import { emptyScript, useScript, type Script } from './use-script.ts'
import { useBeginning, useSimulation, useStored } from './use-simulation.ts'
import type { Problem as Wrong } from '../form/field.ts'

const route = getRouteApi('/t/$tenant/simulator')

/** What would the bot say? By typing and tapping, and nobody hears of it. */
export function SimulatorPage() {
  const words = useWords(simulatorWords)
  const { tenant } = route.useParams()
  const { bots } = useTenantSettings()
  const [chosen, choose] = useFilter('bot')
  const [thread] = useFilter('thread')
  const stored = useStored(tenant, thread)
  const bot = stored.data?.bot ?? (chosen === '' ? ([...bots.keys()][0] ?? '') : chosen)
  return (
    <>
      <PageHead title={words.title} text={words.text}>
        {bots.size > 1 && thread === '' && (
          <Select
            aria-label={words.bot}
            allowDeselect={false}
            data={[...bots].map(([value, label]) => ({ value, label }))}
            value={bot === '' ? null : bot}
            onChange={choose}
          />
        )}
      </PageHead>
      {stored.error && <Problem error={stored.error} retry={() => void stored.refetch()} />}
      {bot === '' || (thread !== '' && !stored.data) ? (
        !stored.error && <Skeleton height={420} />
      ) : (
        <Simulator key={`${bot} ${thread}`} tenant={tenant} bot={bot} stored={asScript(thread, stored.data)} />
      )}
    </>
  )
}

function asScript(thread: string, stored: ReturnType<typeof useStored>['data']): Script | undefined {
  if (!stored) return undefined
  const { acts, startsAt, left, shortened } = stored
  return { acts, startsAt, left, shortened, thread }
}

interface Props {
  readonly tenant: string
  readonly bot: string
  readonly stored: Script | undefined
}

function Simulator({ tenant, bot, stored }: Props) {
  const words = useWords(simulatorWords)
  const navigate = route.useNavigate()
  const { script, change } = useScript(tenant, bot, stored)
  const [locale, setLocale] = useState('')
  const [sms, setSms] = useState(false)
  const [drafts, setDrafts] = useState(() => readDrafts(tenant, bot))
  const [withDrafts, setWithDrafts] = useState(true)
  const draft = withDrafts && countDrafts(drafts) > 0 ? drafts : undefined
  const answer = useSimulation({ tenant, bot, locale, sms, draft }, script)
  const thread = answer.data?.thread
  useBeginning(script, change, thread)
  const startOver = (): void => {
    change(emptyScript)
    if (stored) void navigate({ search: { bot } })
  }
  const act = (next: Act): void => {
    if (script.acts.length < actsAtMost) change({ ...script, acts: [...script.acts, next] })
  }
  return (
    <>
      <div className="simulator-tools">
        <Button variant="default" size="xs" leftSection={<IconRefresh size={15} aria-hidden />} onClick={startOver}>
          {words.again}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          disabled={script.acts.length === 0}
          onClick={() => change({ ...script, acts: script.acts.slice(0, -1) })}
        >
          {words.back}
        </Button>
        <TimeMenu act={act} />
        <LanguageSelect locale={locale} choose={setLocale} />
        <Switch size="xs" label={words.sms} checked={sms} onChange={(event) => setSms(event.currentTarget.checked)} />
      </div>
      <ReplayNote tenant={tenant} script={script} />
      <DraftNote {...{ tenant, bot, drafts, withDrafts, setWithDrafts, setDrafts }} />
      {script.acts.length >= actsAtMost && <Alert color="yellow">{fillIn(words.full, { n: actsAtMost })}</Alert>}
      {answer.error && <Problem error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && <ProblemsOf problems={answer.data.problems} />}
      {thread ? (
        <Views {...{ bot, thread, sms, act }} busy={answer.isFetching} />
      ) : (
        !answer.error && !answer.data && <Skeleton height={420} />
      )}
    </>
  )
}

function ProblemsOf({ problems }: { readonly problems: readonly Wrong[] }) {
  const words = useWords(simulatorWords)
  return problems.length === 0 ? null : <ProblemList title={words.draftWrong} problems={problems} />
}

interface ViewsProps {
  readonly bot: string
  readonly thread: Thread
  readonly sms: boolean
  readonly busy: boolean
  readonly act: (act: Act) => void
}

function Views({ bot, thread, sms, busy, act }: ViewsProps) {
  const words = useWords(simulatorWords)
  const { cut } = thread
  return (
    <div className="simulator">
      <div className="simulator-side">
        <PhoneView {...{ bot, thread, sms, busy, act }} />
      </div>
      <div>
        {cut !== null && <Alert color="yellow">{cut === 'time' ? words.cutTime : words.cutLength}</Alert>}
        <OutsidePanel key={thread.turns.length} thread={thread} act={act} />
        <TurnList thread={thread} />
      </div>
    </div>
  )
}

const locales = ['zh-CN', 'en'] as const

function LanguageSelect({ locale, choose }: { readonly locale: string; readonly choose: (locale: string) => void }) {
  const words = useWords(simulatorWords)
  const data = [{ value: '', label: words.ofTenant }, ...locales.map((value) => ({ value, label: value }))]
  return (
    <Select
      size="xs"
      w={140}
      aria-label={words.language}
      data={data}
      value={locale}
      onChange={(value) => choose(value ?? '')}
      allowDeselect={false}
    />
  )
}
