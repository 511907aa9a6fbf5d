/** Where a grant stands: what a bank allows a tenant, or what a tenant allows a plugin of one of its bots. */
export type GrantPlace =
  | { readonly side: 'bank'; readonly bank: string; readonly capability: string }
  | { readonly side: 'plugin'; readonly bot: string; readonly plugin: string; readonly need: string }

/** The place as the key of its row; one that is read back with {@link readPlace}. */
export function placeOf(place: GrantPlace): string {
  return place.side === 'bank'
    ? `bank/${place.bank}/${place.capability}`
    : `bot/${place.bot}/${place.plugin}/${place.need}`
}

export function readPlace(text: string): GrantPlace {
  const [kind, first = '', second = '', ...rest] = text.split('/')
  return kind === 'bank'
    ? { side: 'bank', bank: first, capability: [second, ...rest].join('/') }
    : { side: 'plugin', bot: first, plugin: second, need: rest.join('/') }
}
