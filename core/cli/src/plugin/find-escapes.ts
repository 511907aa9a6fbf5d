import { parseSync, visitorKeys, type Node } from 'oxc-parser'

/** Something in a file that a plugin cannot have, and what to do without it. */
export interface Escape {
  readonly path: string
  readonly line: number
  readonly problem: string
}

const instead = {
  clock: 'take `now` of the step’s context',
  chance: 'decide by what is in the state; ids come from the platform',
  timer: 'let a step wait (kind "wait"), or give a question its time-out',
  network: 'use a step of kind "fetch" and declare the host as egress',
  process: 'a plugin has no process: settings come from its config',
  code: 'write the code as it is: what is made at run time cannot be reviewed',
  print: 'leave it out; the platform keeps the journal of every run',
  bytes: 'use plain values that survive JSON',
  page: 'a plugin runs without a page',
  place: 'it differs from machine to machine: use the variables of a text, formatDate and localParts of the sdk',
} as const

/** Names of globals that a plugin does not have where it runs. */
const globals: Readonly<Record<string, keyof typeof instead>> = {
  ...named('timer', ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'queueMicrotask']),
  ...named('network', ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'BroadcastChannel']),
  ...named('process', [
    'process',
    'require',
    'module',
    '__dirname',
    '__filename',
    'Deno',
    'Bun',
    'global',
    'globalThis',
  ]),
  ...named('process', ['Worker', 'importScripts', 'Atomics', 'SharedArrayBuffer', 'WebAssembly']),
  ...named('code', ['eval', 'Function']),
  ...named('clock', ['performance']),
  ...named('chance', ['crypto']),
  ...named('print', ['console']),
  ...named('bytes', ['Buffer']),
  ...named('place', ['Intl']),
  ...named('page', ['window', 'self', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB']),
}

/** Methods that ask the machine for its language or its time zone. */
const placed = /^(toLocale\w*|localeCompare|getTimezoneOffset|(get|set)(FullYear|Month|Date|Day|Hours|Minutes))$/

function named<K extends keyof typeof instead>(kind: K, names: readonly string[]): Readonly<Record<string, K>> {
  return Object.fromEntries(names.map((name) => [name, kind]))
}

/** Where a file reaches for something outside, as far as it can be seen without running it. */
export function findEscapes(path: string, text: string): Escape[] {
  const { program, errors } = parseSync(path, text)
  if (errors[0]) return [{ path, line: 1, problem: `it cannot be parsed: ${errors[0].message}` }]
  const bound = new Set<string>()
  walk(program, undefined, (node) => listBound(node).forEach((name) => bound.add(name)))
  const found: Escape[] = []
  walk(program, undefined, (node, parent) => {
    const problem = findProblem(node, parent, bound)
    if (problem !== undefined) found.push({ path, line: text.slice(0, node.start).split('\n').length, problem })
  })
  return found
}

function findProblem(node: Node, parent: Node | undefined, bound: ReadonlySet<string>): string | undefined {
  if (node.type === 'ImportExpression') return `import(…): ${instead.code}`
  if (node.type === 'MetaProperty' && node.meta.name === 'import') return `import.meta: ${instead.process}`
  if (node.type === 'AwaitExpression') return 'await: functions of a plugin answer at once; waiting is for steps'
  if (isDateCall(node) && !bound.has('Date')) return `the clock: ${instead.clock}`
  const method = findMethod(node)
  if (method !== undefined && placed.test(method)) return `${method}: ${instead.place}`
  if (isMember(node, 'Math', 'random') && !bound.has('Math')) return `Math.random: ${instead.chance}`
  if (isMember(node, 'Date', 'now') && !bound.has('Date')) return `Date.now: ${instead.clock}`
  if (node.type !== 'Identifier' || bound.has(node.name) || !Object.hasOwn(globals, node.name)) return undefined
  const kind = globals[node.name]
  return kind === undefined || isLabel(node, parent) ? undefined : `${node.name}: ${instead[kind]}`
}

function findMethod(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  const { property, computed } = node.callee
  return property.type === 'Identifier' && !computed ? property.name : undefined
}

/** `new Date()` and `Date()` ask the clock; `new Date(text)` does not. */
function isDateCall(node: Node): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return false
  return node.type === 'CallExpression' || node.arguments.length === 0
}

function isMember(node: Node, object: string, property: string): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || node.object.name !== object) return false
  const { property: name } = node
  if (name.type === 'Identifier' && !node.computed) return name.name === property
  return name.type === 'Literal' && name.value === property
}

function walk(node: Node, parent: Node | undefined, visit: (node: Node, parent: Node | undefined) => void): void {
  visit(node, parent)
  for (const key of visitorKeys[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key)
    for (const each of Array.isArray(child) ? child : [child]) if (isNode(each)) walk(each, node, visit)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function listBound(node: Node): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return listNames(node.id)
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return [...(node.id ? [node.id.name] : []), ...node.params.flatMap(listNames)]
    case 'ArrowFunctionExpression':
      return node.params.flatMap(listNames)
    case 'CatchClause':
      return node.param ? listNames(node.param) : []
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : []
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local.name]
    default:
      return []
  }
}

function listNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => listNames(each.type === 'RestElement' ? each : each.value))
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? listNames(each) : []))
    case 'AssignmentPattern':
      return listNames(pattern.left)
    case 'RestElement':
      return listNames(pattern.argument)
    default:
      return []
  }
}

const expressions = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion']

/** A name that stands for itself: of a property, of a type, of something imported. */
function isLabel(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  if (parent.type === 'Property' || parent.type === 'PropertyDefinition' || parent.type === 'MethodDefinition')
    return parent.key === node && !parent.computed && !(parent.type === 'Property' && parent.shorthand)
  if (/^(Import|Export).*Specifier$|Label|^(Break|Continue)/.test(parent.type)) return true
  return parent.type.startsWith('TS') && !expressions.includes(parent.type)
}
