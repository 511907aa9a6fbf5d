/** `plugin@version`: what a run is pinned to. */
export function pinOf({ plugin, version }: { readonly plugin: string; readonly version: string }): string {
  return `${plugin}@${version}`
}
