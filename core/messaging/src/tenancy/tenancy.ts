import type { ChannelAccount, ChannelProfile } from '@inthread/sdk/channel'
import type { Plugin, Slots } from '@inthread/sdk/engine'
import type { TenantScope } from '@inthread/store'
import type { Guest } from './guest.ts'
import type { Kill } from './kill.ts'

/** One tenant as messaging sees it, in one epoch: replaced as a whole when the definition changes, never altered. */
export interface Tenancy {
  readonly scope: TenantScope
  readonly epoch: number
  readonly locale: string
  readonly timeZone: string
  readonly currency: string
  /** Whether a conversation is handed to a person who asks for one; it is when left out. */
  readonly handsOver?: boolean
  readonly bots: ReadonlyMap<string, Bot>
  readonly operators: ReadonlyMap<string, OperatorAccount>
  /** Who answers calls of a capability, by its id. */
  readonly providers: ReadonlyMap<string, Provider>
  /** The bank that is asked where a capability has no dialogue. */
  readonly mainBank?: string | undefined
}

export interface Bot {
  readonly id: string
  readonly name: string
  readonly installations: readonly Installation[]
  readonly menu: readonly MenuEntry[]
}

/** One version of a plugin, loaded. */
export interface Hosted {
  readonly plugin: Plugin
  /** Present when its functions run elsewhere; `plugin` is then what its manifest says. */
  readonly guest?: Guest | undefined
}

/** A plugin of a bot, with its parsed config. */
export interface Installation extends Hosted {
  readonly config: Slots
  /** What the tenant has entered for the contract's `secrets`, opened; sent to their declared hosts alone. */
  readonly secrets?: Readonly<Record<string, string>>
}

export type MenuEntry =
  | {
      readonly kind: 'intent'
      readonly label: Readonly<Record<string, string>>
      readonly plugin: string
      readonly intent: string
    }
  | { readonly kind: 'word'; readonly label: Readonly<Record<string, string>>; readonly word: string }
  | {
      readonly kind: 'menu'
      readonly label: Readonly<Record<string, string>>
      readonly entries: readonly Exclude<MenuEntry, { kind: 'menu' }>[]
    }

/** A bank's dialogue for a capability, and whose voice it speaks with. */
export interface Provider extends Hosted {
  readonly bankId: string
  readonly bankName: Readonly<Record<string, string>>
}

export interface OperatorAccount {
  readonly id: string
  readonly botId: string
  readonly account: ChannelAccount
  readonly profile: ChannelProfile
  readonly ratePerSecond: number | undefined
}

export interface Tenancies {
  /** The present epoch of a tenant, built when it is first asked for; undefined when there is none by that id. */
  find(tenantId: string): Tenancy | undefined | Promise<Tenancy | undefined>
  /**
   * A version that an open run is pinned to and that nobody starts any more; undefined when this process has no way to
   * it. Left out where there is only one version of everything.
   */
  host?(plugin: string, version: string): Promise<Hosted | undefined>
  /** The switches that are thrown at this moment. */
  kills?(): readonly Kill[]
  /** Those that this process has built: whose collections it keeps in order. */
  tenants?(): readonly Tenancy[]
}

/** The wording for a locale: exactly that one, one of the same language, English, or whatever there is. */
export function pickWording(wordings: Readonly<Record<string, string>>, locale: string): string {
  const language = locale.split('-')[0] ?? locale
  const sameLanguage = Object.keys(wordings).find((name) => name.split('-')[0] === language)
  return wordings[locale] ?? wordings[sameLanguage ?? 'en'] ?? wordings['en'] ?? Object.values(wordings)[0] ?? ''
}
