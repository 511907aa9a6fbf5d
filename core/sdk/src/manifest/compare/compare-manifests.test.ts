import { describe, expect, it } from 'vitest'
import { copyManifest } from '../../../test/sample-plugin.ts'
import { ask, put, type Spoil } from '../../../test/spoil-manifest.ts'
import { compareManifests } from './compare-manifests.ts'
import type { OpenRuns } from './difference.ts'

/** The sample before and after a change, which brings a new version unless it says otherwise. */
function compare(change: Spoil, openRuns?: readonly OpenRuns[]) {
  const after = { ...copyManifest(), version: '1.1.0' }
  change(after)
  return compareManifests(copyManifest(), after, openRuns ? { openRuns } : {})
}

const yuan = (value: string) => ({ value, currency: 'CNY' })
const need = ({ needs }: Parameters<Spoil>[0]): object => needs['pay'] ?? {}
const egress = ({ egress: all }: Parameters<Spoil>[0]): object => all['api'] ?? {}
const teas = ({ collections }: Parameters<Spoil>[0]): object => collections['teas'] ?? {}
const flow = ({ flows }: Parameters<Spoil>[0]): object => flows['order'] ?? {}

describe('a new version', () => {
  it.each<[string, string, Spoil, string]>([
    ['silent', 'nothing but its number', () => undefined, ''],
    ['silent', 'other words', ({ texts }) => Object.assign(texts['which']?.wording ?? {}, { en: 'What?' }), 'worded'],
    ['silent', 'a new text', ({ texts }) => Object.assign(texts, { more: texts['which'] }), 'is new'],
    ['silent', 'one need less', ({ needs }) => delete needs['pay'], 'no longer needs'],
    ['silent', 'a ceiling', (after) => Object.assign(need(after), { ceiling: { perCall: yuan('100') } }), 'now ¥1.00'],
    ['silent', 'another host range', (after) => Object.assign(after, { host: '^0.2' }), '^0.2'],
    ['silent', 'smaller limits', ({ limits }) => Object.assign(limits, { stepMs: 50 }), 'from 200 to 50'],
    ['notify', 'larger limits', ({ limits }) => Object.assign(limits, { stepMs: 500 }), 'from 200 to 500'],
    ['notify', 'a text with other variables', ({ texts }) => texts['price']?.keep.splice(0), 'other variables'],
    ['notify', 'one text less', ({ texts }) => delete texts['green'], 'is gone'],
    ['notify', 'other words of an intent', ({ intents }) => intents[0]?.words['en']?.push('cup'), 'other words'],
    ['notify', 'another menu', ({ menu }) => menu.splice(0), 'menu'],
    ['notify', 'other settings', ({ config }) => Object.assign(config.schema, { description: 'x' }), 'settings'],
    ['notify', 'a config of a new version', ({ config }) => Object.assign(config, { version: 2 }), 'version 2'],
    ['notify', 'a new flow', ({ flows }) => Object.assign(flows, { cake: flows['order'] }), 'is new'],
    ['notify', 'one flow less', ({ flows }) => delete flows['order'], 'no run begins'],
    ['notify', 'a new revision', (after) => Object.assign(flow(after), { revision: 3, code: 'x' }), 'functions'],
    ['notify', 'another event', ({ emits }) => delete emits['poured'], 'hear nothing'],
    ['consent', 'a new need', ({ needs }) => Object.assign(needs, { more: needs['pay'] }), 'which is new'],
    ['consent', 'another purpose', (after) => Object.assign(need(after), { purpose: { en: 'x' } }), 'the purpose'],
    ['consent', 'another capability', (after) => Object.assign(need(after), { capability: 'gold' }), 'gold instead'],
    ['consent', 'a new host', (after) => Object.assign(egress(after), { host: 'b.example.com' }), 'b.example.com now'],
    [
      'consent',
      'personal data to a host',
      (after) => Object.assign(egress(after), { data: ['public', 'personal'] }),
      'personal data go',
    ],
    [
      'consent',
      'another purpose of a host',
      (after) => Object.assign(egress(after), { purpose: { en: 'x' } }),
      'the purpose',
    ],
    ['consent', 'a new secret', ({ secrets }) => Object.assign(secrets, { more: secrets['key'] }), 'which is new'],
    [
      'consent',
      'a secret that goes further',
      ({ secrets }) => secrets['key']?.hosts.push('b.example.com'),
      'may also go',
    ],
    ['consent', 'more regions', (after) => after.residency?.push('SG'), 'CN, SG'],
    ['consent', 'any region', (after) => delete after.residency, 'anywhere'],
    ['consent', 'one language less', ({ locales }) => locales.pop(), 'no longer speaks en'],
    ['consent', 'one collection less', ({ collections }) => delete collections['teas'], 'erased'],
    [
      'consent',
      'a new event to hear',
      ({ listens }) => Object.assign(listens, { more: listens['arrived'] }),
      'which is new',
    ],
    [
      'consent',
      'an event that waits no longer',
      ({ listens }) => Object.assign(listens['arrived'] ?? {}, { urgent: true }),
      'no longer waits',
    ],
    [
      'review',
      'another publisher',
      (after) => Object.assign(after, { publisher: 'else' }),
      'from "somebody" to "else"',
    ],
    [
      'review',
      'a dialogue',
      (after) => Object.assign(after, { provides: { capability: 'gold', version: '1.0.0' } }),
      'gold instead of nothing',
    ],
    [
      'review',
      'a dialogue held otherwise',
      ({ dialogues }) => Object.assign(dialogues, { pay: 'order' }),
      'other flows',
    ],
    ['refused', 'an older number', (after) => Object.assign(after, { version: '0.9.0' }), 'older than 1.0.0'],
    ['refused', 'the same number', (after) => Object.assign(after, { version: '1.0.0', menu: [] }), 'raise it'],
    ['refused', 'another id', (after) => Object.assign(after, { id: 'cake' }), 'another plugin'],
    ['refused', 'another step at the same revision', put({ which: { ...ask, retries: 5 } }), 'changed (steps which)'],
    [
      'refused',
      'other functions at the same revision',
      (after) => Object.assign(flow(after), { code: 'x' }),
      'functions',
    ],
    ['refused', 'an older revision', (after) => Object.assign(flow(after), { revision: 1 }), 'goes back'],
    [
      'refused',
      'a move from where nothing was asked',
      (after) =>
        Object.assign(flow(after), { revision: 3, moves: { 2: { steps: { pour: 'which' }, converts: false } } }),
      'asks nothing there',
    ],
    [
      'refused',
      'other documents of the same version',
      (after) => Object.assign(teas(after), { schema: {} }),
      'raise it',
    ],
    ['refused', 'another key', (after) => Object.assign(teas(after), { key: 'kind' }), 'new collection'],
    [
      'refused',
      'documents of another class',
      (after) => Object.assign(teas(after), { dataClass: 'personal' }),
      'cannot become personal',
    ],
  ])('is %s with %s', (verdict, _change, spoil, reason) => {
    const { verdict: found, differences } = compare(spoil)
    expect({ found, differences }).toMatchObject({ found: verdict })
    if (reason !== '') expect(differences[0]?.reason.message).toContain(reason)
  })

  it('is consent when a ceiling is raised or falls away, and refused when a config goes back', () => {
    const [low, high] = [{ perCall: yuan('100') }, { perCall: yuan('200') }].map((ceiling) => {
      const manifest = copyManifest()
      Object.assign(need(manifest), { ceiling })
      return manifest
    })
    if (!low || !high) throw new Error('two manifests were made')
    const raised = compareManifests(low, { ...high, version: '1.1.0' })
    expect(raised).toMatchObject({
      verdict: 'consent',
      differences: [{ reason: { message: 'the ceiling perCall of "pay" is raised to ¥2.00' } }],
    })
    expect(compareManifests(high, { ...low, version: '1.1.0' }).verdict).toBe('silent')
    expect(compareManifests(low, { ...copyManifest(), version: '1.1.0' }).verdict).toBe('consent')
    const newer = copyManifest()
    Object.assign(newer.config, { version: 2, upgrades: [1] })
    expect(compareManifests(newer, { ...copyManifest(), version: '1.1.0' }).verdict).toBe('refused')
  })
})

describe('open runs', () => {
  const open = [{ flow: 'order', revision: 2, runs: 7 }]

  it('go on where their revision is, or has a move', () => {
    expect(compare(() => undefined, open).verdict).toBe('silent')
    const moved = compare(
      (after) =>
        Object.assign(flow(after), { revision: 3, moves: { 2: { steps: { which: 'which' }, converts: false } } }),
      open,
    )
    expect(moved.differences.map(({ reason }) => reason).join()).not.toContain('7 open runs')
  })

  it('stay where they are when there is no move, and are not left alone', () => {
    const stay = compare((after) => Object.assign(flow(after), { revision: 3 }), open)
    expect(stay.differences.map(({ reason }) => reason.message)).toContain(
      '7 open runs of "order" stay on revision 2, which has no move to 3',
    )
    const gone = compare(({ flows }) => delete flows['order'], open)
    expect(gone.verdict).toBe('refused')
    expect(gone.differences[0]?.reason.message).toContain('nowhere to go')
  })
})
