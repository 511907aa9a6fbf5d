import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { capabilityWords } from '../words/capability-words.ts'
import { countPlaces, readMinor } from '../form/minor.ts'
import { Amount } from '../parts/amount.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { State } from '../parts/state.tsx'
import { useMay } from '../session/session.ts'
import { useDo } from '../session/use-ask.ts'
import { useTenantId, useTenantSettings } from '../session/use-tenant.ts'
import { fillIn } from '../words/fill-in.ts'
import { useWords } from '../words/use-words.ts'
import { GrantLimits, type Limits } from './grant-limits.tsx'
import type { Need } from './need-line.tsx'
import { reachWords } from './plugin-words.ts'
import { bankOf, useGrants, type Grant } from './use-package.ts'

interface Props {
  readonly plugin: string
  readonly need: Need
  readonly bot: string
}

/** How the grant of a need stands, on both sides, and the way to ask for it. */
export function NeedGrant({ plugin, need, bot }: Props) {
  const words = useWords(reachWords)
  const tenant = useTenantId()
  const { data } = useGrants(tenant)
  const mayWrite = useMay()('grant.write')
  const [asked, setAsked] = useState<'limits' | 'block'>()
  const close = (): void => setAsked(undefined)
  // A dialogue that comes with a bank is granted its desk by coming with it.
  if (!data || bankOf(bot) !== undefined) return null
  const grant = findGrant(data, { plugin, need: need.need, bot })
  return (
    <>
      {grant ? <GrantLine grant={grant} /> : <span className="state state-wait">{words.missing}</span>}
      <BankSide grants={data} capability={need.capability} />
      {mayWrite && (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => setAsked('limits')}>
            {grant?.state === 'active' ? words.change : words.ask}
          </Button>
          {grant?.state === 'active' && (
            <Button variant="subtle" color="gray" size="xs" onClick={() => setAsked('block')}>
              {words.block}
            </Button>
          )}
        </Group>
      )}
      {asked === 'limits' && <AskDialog {...{ plugin, need, bot, grant, close }} />}
      {asked === 'block' && <BlockDialog {...{ plugin, need, bot, close }} />}
    </>
  )
}

export function findGrant(
  grants: readonly Grant[],
  { plugin, need, bot }: { readonly plugin: string; readonly need: string; readonly bot: string },
): Grant | undefined {
  return grants.find(
    ({ grant }) => grant.side === 'plugin' && grant.plugin === plugin && grant.need === need && grant.bot === bot,
  )
}

function GrantLine({ grant: { state, terms, usedToday } }: { readonly grant: Grant }) {
  const words = useWords(reachWords)
  const { currency } = useTenantSettings()
  const limits = [
    [words.perCall, terms.perCall],
    [words.perUserDay, terms.perUserDay],
    [words.perDay, terms.perDay],
  ] as const
  return (
    <>
      {state === 'active' ? <span className="state state-good">{words.granted}</span> : <State state={state} />}
      <dl className="limits">
        {limits.map(([name, limit]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="amount">
              {limit === undefined ? words.unlimited : <Limit limit={limit} currency={currency} />}
            </dd>
          </div>
        ))}
        {usedToday.map((used) => (
          <div key={used.currency}>
            <dt>{words.usedToday}</dt>
            <dd>
              <Amount amount={used} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Limit({ limit, currency }: { readonly limit: string; readonly currency: string }) {
  const minor = readMinor(limit, countPlaces(currency))
  return minor === undefined ? <>{limit}</> : <Amount amount={{ value: String(minor), currency }} />
}

function BankSide({ grants, capability }: { readonly grants: readonly Grant[]; readonly capability: string }) {
  const words = useWords(reachWords)
  const names: Readonly<Record<string, string>> = useWords(capabilityWords)
  const isGranted = grants.some(
    ({ grant, state }) => grant.side === 'bank' && grant.capability === capability && state === 'active',
  )
  if (isGranted) return null
  return <p className="need-missing">{fillIn(words.bankMissing, { capability: names[capability] ?? capability })}</p>
}

interface AskProps extends Props {
  /** As it is now. */
  readonly grant: Grant | undefined
  readonly close: () => void
}

function AskDialog({ plugin, need, bot, grant, close }: AskProps) {
  const words = useWords(reachWords)
  const [limits, setLimits] = useState<Limits>(() => readLimits(grant))
  const ask = useAskGrant()
  const done = (applied: boolean): void => {
    close()
    notifications.show(
      applied
        ? { message: words.applied, color: 'green' }
        : { title: words.asked, message: words.askedText, color: 'yellow' },
    )
  }
  return (
    <Confirm
      title={fillIn(grant?.state === 'active' ? words.changeTitle : words.askTitle, { need: need.need })}
      text={grant?.state === 'active' ? words.changeText : words.askText}
      action={grant?.state === 'active' ? words.change : words.ask}
      doing={ask}
      go={() => ask.mutate({ plugin, bot, need: need.need, limits }, { onSuccess: ({ applied }) => done(applied) })}
      close={close}
    >
      <GrantLimits limits={limits} change={setLimits} />
    </Confirm>
  )
}

/** Limits that this form has no field for go along, and stay as they are. */
function readLimits(grant: Grant | undefined): Limits {
  if (grant?.state !== 'active') return {}
  const known = Object.entries(grant.terms).filter(([, term]) => term !== undefined)
  return Object.fromEntries(known) as Limits
}

/** Nobody has to agree to less. */
function BlockDialog({ plugin, need, bot, close }: Props & { readonly close: () => void }) {
  const words = useWords(reachWords)
  const tenant = useTenantId()
  const block = useDo({
    act: (client, _: undefined) =>
      client.grants.block.mutate({ tenant, grant: { side: 'plugin', bot, plugin, need: need.need } }),
    touches: ['grants', 'proposals'],
    done: close,
  })
  return (
    <Confirm
      title={fillIn(words.blockTitle, { need: need.need })}
      text={words.blockText}
      action={words.block}
      grave
      doing={block}
      go={() => block.mutate(undefined)}
      close={close}
    />
  )
}

interface AskedGrant {
  readonly plugin: string
  readonly bot: string
  readonly need: string
  readonly limits: Limits
}

/** What allows more than before waits for a second person; the answer says so. */
export function useAskGrant() {
  const tenant = useTenantId()
  return useDo({
    act: (client, { plugin, bot, need, limits }: AskedGrant) =>
      client.grants.change.mutate({ tenant, grant: { side: 'plugin', bot, plugin, need }, terms: limits }),
    touches: ['grants', 'proposals'],
  })
}
