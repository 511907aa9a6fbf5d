import { Button } from '@mantine/core'
import { IconPuzzle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'
import { RowsSkeleton } from '../parts/page-skeleton.tsx'
import { Problem } from '../parts/problem.tsx'
import { State } from '../parts/state.tsx'
import { useMay } from '../session/session.ts'
import { useTenantId } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { PluginName } from './plugin-name.tsx'
import { pluginWords } from './plugin-words.ts'
import { findNewest, isGone, useCatalogue, useInstallations, type Version } from './use-package.ts'

export function Catalogue() {
  const words = useWords(pluginWords)
  const may = useMay()
  if (!may('plugin.read')) return null
  return (
    <section aria-label={words.catalogue} className="catalogue">
      <div className="panel-head">
        <h2>{words.catalogue}</h2>
      </div>
      <p className="faint">{words.catalogueText}</p>
      <Cards />
    </section>
  )
}

function Cards() {
  const words = useWords(pluginWords)
  const { data, error, refetch } = useCatalogue()
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={3} />
  const scenes = [...new Set(data.filter(({ provides }) => provides === null).map(({ plugin }) => plugin))]
  const newest = scenes.map((plugin) => findNewest(data, plugin)).filter((each) => each !== undefined)
  if (newest.length === 0) return <Empty title={words.catalogueNone} text={words.catalogueNoneText} />
  return (
    <ul className="cards">
      {newest.map((version) => (
        <li key={version.plugin} className="card">
          <Card version={version} />
        </li>
      ))}
    </ul>
  )
}

function Card({ version: { plugin, version, publisher, state } }: { readonly version: Version }) {
  const words = useWords(pluginWords)
  return (
    <>
      <IconPuzzle size={20} stroke={1.5} aria-hidden />
      <div className="card-main">
        <PluginName plugin={plugin} version={version} />
        <p className="faint">
          {version} · {fillIn(words.by, { publisher })}
        </p>
      </div>
      {state === 'listed' ? <InstallLink plugin={plugin} /> : <State state={state} />}
    </>
  )
}

function InstallLink({ plugin }: { readonly plugin: string }) {
  const words = useWords(pluginWords)
  const tenant = useTenantId()
  const may = useMay()('installation.write')
  const { data } = useInstallations(tenant)
  const there = data?.some((each) => each.plugin === plugin && !isGone(each))
  if (there === true) return <span className="state state-good">{words.isInstalled}</span>
  return may && there === false ? <InstallButton tenant={tenant} plugin={plugin} /> : null
}

function InstallButton({ tenant, plugin }: { readonly tenant: string; readonly plugin: string }) {
  const words = useWords(pluginWords)
  return (
    <Button
      component={Link}
      variant="default"
      size="xs"
      to="/t/$tenant/install/$plugin"
      params={{ tenant, plugin } as never}
      aria-label={`${words.install} ${plugin}`}
    >
      {words.install}
    </Button>
  )
}
