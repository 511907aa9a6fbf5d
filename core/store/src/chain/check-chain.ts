import { chainStart, digestRecord, hashLink, type AuditRow, type LinkRow } from './link-hash.ts'

/** A link as it is stored, with its record while that is there. */
export interface StoredLink extends Omit<LinkRow, 'tenant_id'> {
  readonly record: AuditRow | undefined
}

/**
 * What was done to the chain, and where. `seq` and `until` are the first and the last place: of what is still there as
 * it is numbered now, of what is gone as it was numbered.
 */
export interface ChainFinding {
  readonly kind: 'changed' | 'deleted' | 'inserted' | 'reordered' | 'truncated' | 'rewritten'
  readonly seq: number
  readonly until: number
  /** The record, where there is one. */
  readonly record?: string
  /** Where what was moved had stood. */
  readonly from?: number
}

/** What the check knows between two links; plain, so that it can go on in another call. */
export interface ChainState {
  /** The place of the last link, and the number that it was made with. */
  readonly seq: number
  readonly made: number
  /** Of the last link and of the one before; null where they say nothing. */
  readonly hash: string | null
  readonly before: string | null
  /** What was found at the last link, until the next one says whether it means something else. */
  readonly held: ChainFinding | null
  /** Numbers that links were made with and that did not come yet. */
  readonly missing: readonly (readonly [number, number])[]
}

export const freshChain: ChainState = { seq: 0, made: 0, hash: chainStart, before: null, held: null, missing: [] }

export interface ChainStep {
  readonly state: ChainState
  readonly findings: readonly ChainFinding[]
}

/** How far around its place a link's own number is looked for, when it is not where it was made. */
const reach = 2000

/**
 * One link after the other. Every link carries the hash before it, so it proves its own number; what does not follow
 * from the one before was taken out, put in or moved, and the link behind says which.
 */
export function checkLink(state: ChainState, link: StoredLink, next: StoredLink | undefined): ChainStep {
  const gap = link.seq > state.seq + 1
  const from = gap ? skipGap(state, link.seq) : state
  const { record } = link
  if (!record) return accept(from, link, { kind: 'deleted', seq: link.seq, until: link.seq, record: link.audit_id })
  const altered: ChainFinding = { kind: 'changed', seq: link.seq, until: link.seq, record: link.audit_id }
  if (digestRecord(record) !== link.digest) return accept(from, link, altered)
  const expected = from.made + 1
  const made = findMade(link, record, expected)
  if (made === undefined) return accept(from, link, altered)
  if (made === expected) return follow(from, link)
  return replace(from, { link, next, made })
}

/** What is missing to the end was taken out. */
export function endChain(state: ChainState): readonly ChainFinding[] {
  const gone = state.missing.map(([seq, until]): ChainFinding => ({ kind: 'deleted', seq, until }))
  return [...(state.held ? [state.held] : []), ...gone]
}

function skipGap(state: ChainState, seq: number): ChainState {
  const count = seq - 1 - state.seq
  const missing = [...state.missing, [state.made + 1, state.made + count] as const]
  return { ...state, seq: seq - 1, made: state.made + count, hash: null, before: null, missing }
}

/** The link stands where it was made. When it does not know the one before, that one was made by somebody else. */
function follow(state: ChainState, link: StoredLink): ChainStep {
  const foreign = state.hash !== null && link.prev !== state.hash
  const seq = Math.max(1, state.seq)
  const held: ChainFinding | null = foreign ? { kind: 'changed', seq, until: seq } : null
  return accept({ ...state, held: state.held ?? held }, link, null)
}

interface Misplaced {
  readonly link: StoredLink
  readonly next: StoredLink | undefined
  readonly made: number
}

function replace(state: ChainState, misplaced: Misplaced): ChainStep {
  const { link, made } = misplaced
  const expected = state.made + 1
  // The number stays free for the link that comes behind.
  if (isMissing(state, made)) {
    const { findings } = move(state, link, made)
    const missing = without(state.missing, made)
    return { state: { ...state, seq: link.seq, before: null, held: null, missing }, findings }
  }
  const surplus = expected - made
  if (surplus > 0 && (goesOn(misplaced) || (surplus === 1 && link.prev === state.before))) {
    const held: ChainFinding = { kind: 'inserted', seq: state.seq - surplus + 1, until: state.seq }
    return accept({ ...state, made: made - 1, held }, link, null)
  }
  if (surplus < 0 && (goesOn(misplaced) || !misplaced.next)) {
    const missing = [...state.missing, [expected, made - 1] as const]
    return accept({ ...state, made: made - 1, hash: null, missing }, link, null)
  }
  return move(state, link, made)
}

/** Whether the link behind was moved as far as this one: then all of them were, by what is gone or new before them. */
function goesOn({ link, next, made }: Misplaced): boolean {
  if (!next?.record) return false
  const guess = made + next.seq - link.seq
  return hashLink(next.prev, guess, next.record) === next.hash
}

/** It stands in somebody else's place: that is taken, and the next link is compared with nothing. */
function move(state: ChainState, link: StoredLink, made: number): ChainStep {
  const found: ChainFinding = { kind: 'reordered', seq: link.seq, until: link.seq, record: link.audit_id, from: made }
  return {
    state: { ...state, seq: link.seq, made: state.made + 1, hash: null, before: null, held: null },
    findings: [...(state.held ? [state.held] : []), found],
  }
}

function accept(state: ChainState, link: StoredLink, found: ChainFinding | null): ChainStep {
  const { missing, hash, held } = state
  return {
    state: { seq: link.seq, made: state.made + 1, hash: link.hash, before: hash, held: found, missing },
    findings: held ? [held] : [],
  }
}

function isMissing({ missing }: ChainState, made: number): boolean {
  return missing.some(([first, last]) => made >= first && made <= last)
}

function without(missing: ChainState['missing'], made: number): ChainState['missing'] {
  return missing.flatMap(([first, last]): (readonly [number, number])[] => {
    if (made < first || made > last) return [[first, last]]
    const parts = [[first, made - 1] as const, [made + 1, last] as const]
    return parts.filter(([from, until]) => from <= until)
  })
}

/** The number that a link was made with: its hash holds with no other. */
function findMade(link: StoredLink, record: AuditRow, expected: number): number | undefined {
  const fits = (seq: number): boolean => seq > 0 && hashLink(link.prev, seq, record) === link.hash
  if (fits(expected)) return expected
  if (link.seq !== expected && fits(link.seq)) return link.seq
  for (let distance = 1; distance <= reach; distance += 1) {
    if (fits(expected + distance)) return expected + distance
    if (fits(expected - distance)) return expected - distance
  }
  return undefined
}
