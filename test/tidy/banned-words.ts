import { findPropertyName, findRootName, isMember, type Node } from './source/syntax.ts'

/** A word of the language that the house does without, outside the places that exist for it. */
export interface BannedWord {
  readonly rule: string
  /** Where it may stand; everywhere else it is a problem. */
  readonly allowed?: RegExp
  /** Where it is looked for at all, when not everywhere. */
  readonly within?: RegExp
  /** What it is and what to write in its place. */
  readonly instead: string
  /** `free` says whether a name means the global one: not a property, and not bound in the file itself. */
  readonly isUsed: (node: Node, free: (...names: string[]) => boolean) => boolean
}

/** Entries, `ports` and `surroundings` hand in the real world; pages run in a browser, where it is all there is. */
const entries = String.raw`core/(runtime|cli|sandbox-[a-z]+)/src/main\.ts$`
const ports = String.raw`core/(runtime|sandbox-[a-z]+)/src/([a-z-]+/)?(ports|surroundings)(/|\.ts$)`
const pages = String.raw`core/console/|core/sandbox-[a-z]+/(phone|page|pages|web)/`
const kits = String.raw`core/[a-z-]+/(.+/)?(kit|test)/|plugins/[a-z-]+/(.+/)?(kit|test)/|test/(kit|bench)/`
const clockPlaces = new RegExp(`^(${entries}|${ports}|${pages}|${kits}|scripts/)`)
const worldPlaces = new RegExp(`^(${entries}|${ports}|${pages}|${kits}|scripts/|test/)|\\.test\\.tsx?$`)
const workshops = /^(scripts|test\/(kit|bench))\//

/** Time, chance and the network come in from outside, so that a test can say what they are. */
const worldWords: readonly BannedWord[] = [
  {
    rule: 'word/clock',
    allowed: clockPlaces,
    instead: "the machine's clock: take a Clock and read clock.now(); how long a thing took is for performance.now()",
    isUsed: (node) => isMember(node, 'Date', ['now']) || isBareDate(node),
  },
  {
    rule: 'word/chance',
    allowed: clockPlaces,
    instead: 'chance: take a source of randomness with the other options',
    isUsed: (node) => isMember(node, 'Math', ['random']),
  },
  {
    rule: 'word/timer',
    allowed: worldPlaces,
    instead: 'a timer: take the waiting port of the room, so that tests can move time',
    isUsed: (_node, free) => free('setTimeout', 'setInterval'),
  },
  {
    rule: 'word/fetch',
    allowed: worldPlaces,
    instead: 'the network: take the HttpClient of core/sdk/src/http.ts, or a fetch among the options',
    isUsed: (_node, free) => free('fetch'),
  },
  {
    rule: 'word/environment',
    allowed: /^(core\/(runtime|sandbox-[a-z]+)\/|scripts\/|test\/)/,
    instead: 'the environment is read in runtime only: take a resolved option',
    isUsed: (node) => isMember(node, 'process', ['env']) || takesEnvironment(node),
  },
  {
    rule: 'word/console',
    within: /^(core|plugins)\//,
    allowed: new RegExp(`^(core/cli/|core/sandbox-[a-z]+/src/main\\.ts$|${kits})|\\.test\\.tsx?$`),
    instead: 'printing: take the Logger port',
    isUsed: (_node, free) => free('console'),
  },
]

const languageWords: readonly BannedWord[] = [
  {
    rule: 'word/any',
    instead: '`any`: name the type, or take `unknown` and narrow it',
    isUsed: (node) => node.type === 'TSAnyKeyword',
  },
  {
    rule: 'word/as-unknown-as',
    instead: '`as unknown as`: narrow with a type guard or parse with a schema',
    isUsed: isDoubleCast,
  },
  {
    rule: 'word/default-export',
    // A plugin package's default export is its definition: that is how it is found.
    allowed: /\.config\.[a-z]+$|^plugins\/[a-z-]+\/plugin\.ts$/,
    instead: 'a default export: export it by its name',
    isUsed: (node) => node.type === 'ExportDefaultDeclaration',
  },
  {
    rule: 'word/erasable',
    allowed: /\.d\.ts$/,
    instead:
      'TypeScript that cannot be erased: a union of texts for an enum, fields for parameter properties, ' +
      'a module for a namespace, a function for a decorator',
    isUsed: isNotErasable,
  },
  {
    rule: 'word/mock',
    instead: 'mocking: hand in the clock, the fetch or the port that the code asks for',
    isUsed: (node) => ['vi', 'jest'].some((tool) => isMember(node, tool, mocking)),
  },
]

const mocking = ['mock', 'doMock', 'unmock', 'stubGlobal', 'useFakeTimers']

/** Money is integer minor units; a float cannot hold it. */
const moneyWords: readonly BannedWord[] = [
  {
    rule: 'word/float',
    allowed: workshops,
    instead: 'a float: money is bigint minor units (core/sdk/src/money.ts), other digits go through Intl.NumberFormat',
    isUsed: (node, free) => free('parseFloat') || isMember(node, 'Number', ['parseFloat']) || isFixed(node),
  },
  {
    rule: 'word/minor-as-number',
    allowed: workshops,
    instead: 'an amount as a number: keep the bigint, or write its digits with toString()',
    isUsed: isMinorAsNumber,
  },
]

export const bannedWords: readonly BannedWord[] = [...worldWords, ...languageWords, ...moneyWords]

function isBareDate(node: Node): boolean {
  const called = node.type === 'CallExpression' || (node.type === 'NewExpression' && node.arguments.length === 0)
  return called && node.callee.type === 'Identifier' && node.callee.name === 'Date'
}

function takesEnvironment(node: Node): boolean {
  if (node.type === 'VariableDeclarator') return node.init?.type === 'Identifier' && node.init.name === 'process'
  return node.type === 'ImportDeclaration' && /^(node:)?process$/.test(node.source.value)
}

function isDoubleCast(node: Node): boolean {
  if (node.type !== 'TSAsExpression') return false
  return node.expression.type === 'TSAsExpression' && node.expression.typeAnnotation.type === 'TSUnknownKeyword'
}

function isNotErasable(node: Node): boolean {
  if (node.type === 'TSModuleDeclaration') return node.kind !== 'global' && node.id.type === 'Identifier'
  return ['TSEnumDeclaration', 'TSParameterProperty', 'Decorator', 'TSImportEqualsDeclaration'].includes(node.type)
}

function isFixed(node: Node): boolean {
  return node.type === 'CallExpression' && findPropertyName(node.callee) === 'toFixed'
}

function isMinorAsNumber(node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'Number') return false
  const [argument] = node.arguments
  return argument !== undefined && /Minor$/.test(findPropertyName(argument) ?? findRootName(argument) ?? '')
}
