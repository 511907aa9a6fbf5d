import { useTitle } from './use-package.ts'

interface Props {
  readonly plugin: string
  readonly version: string | undefined
}

/** What it is called, with the id under which everything else knows it. */
export function PluginName({ plugin, version }: Props) {
  const title = useTitle(plugin, version)
  return (
    <span className="two-lines">
      {title}
      {title !== plugin && <small className="mono">{plugin}</small>}
    </span>
  )
}
