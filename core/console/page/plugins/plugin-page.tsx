import { Alert, Button, Skeleton, Tabs } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowLeft, IconDeviceMobileMessage } from '@tabler/icons-react'
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ConfigEditor } from '../config/config-editor.tsx'
import { ConfigHistory } from '../config/config-history.tsx'
import { configWords } from '../config/config-words.ts'
import { readLayers, type Layers } from '../config/layers.ts'
import { useDraft } from '../config/use-draft.ts'
import { useFilter } from '../filters/use-filter.ts'
import type { Package } from '../flows/flow.ts'
import { inLanguage, type Schema } from '../form/schema.ts'
import { Flows } from '../flows/flows.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { useMay } from '../session/session.ts'
import { useAsk } from '../session/use-ask.ts'
import { useTenantSettings } from '../session/use-tenant.ts'
import { simulatorWords } from '../simulator/simulator-words.ts'
import { pickWording } from '../words/pick-wording.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { PluginActions } from './plugin-actions.tsx'
import { pluginWords } from './plugin-words.ts'
import { Reach } from './reach.tsx'
import { UninstallReceipt, type Remains } from './uninstall-dialog.tsx'
import { UpgradePanel } from './upgrade-panel.tsx'
import { bankOf, usePackage, type Installation } from './use-package.ts'

const route = getRouteApi('/t/$tenant/plugins/$bot/$plugin')

/** One installed plugin: what it may, how it goes on, how it is set, and how it is stopped. */
export function PluginPage() {
  const words = useWords(pluginWords)
  const { tenant, bot, plugin } = route.useParams()
  const [remains, setRemains] = useState<Remains>()
  const { data, error, refetch } = useAsk({
    key: ['installations', tenant, bot, plugin],
    ask: (client) => client.installations.get.query({ tenant, bot, plugin }),
    enabled: remains === undefined,
  })
  // Nothing of the page stays that might ask about what is gone.
  if (remains) return <UninstallReceipt {...remains} />
  return (
    <>
      <Link className="back" to="/t/$tenant/plugins" params={{ tenant }}>
        <IconArrowLeft size={15} aria-hidden /> {words.back}
      </Link>
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : data ? (
        <Installed installation={data} gone={setRemains} />
      ) : (
        <Skeleton height={320} />
      )}
    </>
  )
}

interface InstalledProps {
  readonly installation: Installation
  readonly gone: (remains: Remains) => void
}

function Installed({ installation, gone }: InstalledProps) {
  const { bot, plugin, version, state } = installation
  const { bots } = useTenantSettings()
  const language = useLanguage()
  const { data, error, refetch } = usePackage(plugin, version)
  const title = (data && pickWording(data.title, language)) ?? plugin
  const place = bankOf(bot) ?? bots.get(bot) ?? bot
  return (
    <>
      <PageHead
        title={title}
        text={
          <span className="step-line">
            <State state={state} /> {place} · {version}
          </span>
        }
      >
        {bankOf(bot) === undefined && <TryIt bot={bot} />}
        <PluginActions {...{ installation, title, gone }} />
      </PageHead>
      <StoppedNote plugin={plugin} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data ? <Parts installation={installation} package={data} /> : !error && <Skeleton height={280} />}
    </>
  )
}

function TryIt({ bot }: { readonly bot: string }) {
  const words = useWords(simulatorWords)
  const { tenant } = route.useParams()
  if (!useMay()('thread.simulate')) return null
  return (
    <Button
      variant="default"
      leftSection={<IconDeviceMobileMessage size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/t/$tenant/simulator" params={{ tenant }} search={{ bot }} />}
    >
      {words.tryIt}
    </Button>
  )
}

/** A state says what was decided about the installation; a switch stops it nevertheless. */
function StoppedNote({ plugin }: { readonly plugin: string }) {
  const words = useWords(pluginWords)
  const { tenant } = route.useParams()
  const meant = useSwitch(tenant, plugin)
  if (!meant) return null
  return (
    <Alert color="red" title={words.stopped} mb="md">
      {meant.reason} ·{' '}
      <Link to="/t/$tenant/health" params={{ tenant }}>
        {words.toSwitch}
      </Link>
    </Alert>
  )
}

function useSwitch(tenant: string, plugin: string) {
  const { data } = useAsk({
    key: ['kills', 'first'],
    ask: (client) => client.plugins.kills.query({ limit: 200 }),
    enabled: useMay()('kill.read'),
  })
  return data?.items.find(
    (kill) => (kill.plugin ?? plugin) === plugin && (kill.tenant ?? tenant) === tenant && kill.capability === null,
  )
}

interface PartsProps {
  readonly installation: Installation
  readonly package: Package
}

function Parts({ installation, package: described }: PartsProps) {
  const words = useWords(pluginWords)
  const [tab, chooseTab] = useFilter('tab')
  return (
    <Tabs
      value={tab === '' ? 'about' : tab}
      onChange={(value) => chooseTab(value === 'about' ? null : value)}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="about">{words.about}</Tabs.Tab>
        <Tabs.Tab value="settings">{words.settings}</Tabs.Tab>
        <Tabs.Tab value="flows">{words.flows}</Tabs.Tab>
        <Tabs.Tab value="history">{words.history}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="about">
        <UpgradePanel installation={installation} />
        <Reach package={described} bot={installation.bot} />
      </Tabs.Panel>
      <Tabs.Panel value="flows">
        <Flows plugin={described} />
      </Tabs.Panel>
      <ConfigPanels installation={installation} package={described} toSettings={() => chooseTab('settings')} />
    </Tabs>
  )
}

function ConfigPanels({
  installation,
  package: described,
  toSettings,
}: PartsProps & { readonly toSettings: () => void }) {
  const words = useWords(configWords)
  const { tenant } = route.useParams()
  const schema = inLanguage(described.schema as Schema, useLanguage())
  const { bot, plugin } = installation
  const installed = { tenant, bot, plugin }
  const layers = readLayers(installation.config)
  const draft = useDraft(`${tenant}.${bot}.${plugin}`)
  const takeBack = (then: Layers): void => {
    draft.keep(then.tenant ?? {})
    toSettings()
    notifications.show({ title: words.takenBack, message: words.takenBackText })
  }
  return (
    <>
      <Tabs.Panel value="settings">
        <ConfigEditor {...{ installed, schema, layers, draft }} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <ConfigHistory {...{ installed, schema, layers, takeBack }} />
      </Tabs.Panel>
    </>
  )
}
