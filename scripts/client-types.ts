import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { format, resolveConfig } from 'prettier'

/** Writes the client's types out of the admin router, so that a client needs nothing of the server. */
const root = fileURLToPath(new URL('..', import.meta.url))
export const generatedFolder = join(root, 'core/client/src/generated')

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

interface Leaf {
  readonly path: readonly string[]
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly input: string
  readonly output: string
}

/** The parser's tree, read by the names of its fields. */
function toNode(tree: object): Node {
  return tree as Node
}

const made = '/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */'

/** The generated files by their names, from a fresh declaration of the router: one for each group of procedures. */
export async function buildClientTypes(): Promise<ReadonlyMap<string, string>> {
  const source = emitDeclaration()
  const leaves = listLeaves(toNode(parseSync('router.d.ts', source).program), source)
  const groups = Map.groupBy(leaves, ({ path }) => path[0] ?? '')
  const files = new Map([...groups].map(([group, own]) => [`${group}-api.ts`, writeGroup(group, own)]))
  files.set('api.ts', writeApi([...groups.keys()], leaves))
  const style = await resolveConfig(join(root, 'package.json'))
  const written = [...files].map(async ([name, text]) => {
    return [name, await format(text, { ...style, parser: 'typescript' })] as const
  })
  return new Map(await Promise.all(written))
}

function writeApi(groups: readonly string[], leaves: readonly Leaf[]): string {
  const imports = groups.map((group) => `import type { ${nameOf(group)} } from './${group}-api.ts'`)
  const kinds = leaves.map(({ path, kind }) => `  '${path.join('.')}': '${kind}',`)
  const members = groups.map((group) => `  readonly ${group}: ${nameOf(group)}`)
  return `${made}
${imports.join('\n')}

export const procedures = {
${kinds.join('\n')}
} as const

export interface AdminApi {
${members.join('\n')}
}
`
}

function writeGroup(group: string, leaves: readonly Leaf[]): string {
  const inner = leaves.map((leaf) => ({ ...leaf, path: leaf.path.slice(1) }))
  const kinds = ['Mutation', 'Query', 'Subscription'].filter((kind) =>
    leaves.some((leaf) => leaf.kind === kind.toLowerCase()),
  )
  return `${made}
import type { ${kinds.join(', ')} } from '../call/procedure.ts'

export interface ${nameOf(group)} ${writeTree(inner, 1)}
`
}

function nameOf(group: string): string {
  return `${group.slice(0, 1).toUpperCase()}${group.slice(1)}Api`
}

function emitDeclaration(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-types-'))
  try {
    const project = join(folder, 'tsconfig.json')
    const options = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: folder,
      rootDir: root,
      incremental: false,
      tsBuildInfoFile: null,
      types: [],
    }
    writeFileSync(
      project,
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: options,
        files: [join(root, 'core/admin/src/router.ts')],
        include: [],
      }),
    )
    spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', project], { cwd: root, stdio: 'inherit' })
    return readFileSync(join(folder, 'core/admin/src/router.d.ts'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function listLeaves(program: Node, source: string): readonly Leaf[] {
  const found: Leaf[] = []
  const body = find(program, (node) => node.type === 'TSTypeReference' || node.type === 'TSImportType')
  if (body) collect(recordOf(body, source) ?? body, [], { found, source })
  return found.sort((left, right) => left.path.join('.').localeCompare(right.path.join('.')))
}

interface Collecting {
  readonly found: Leaf[]
  readonly source: string
}

function collect(record: Node, path: readonly string[], collecting: Collecting): void {
  for (const member of record['members'] as readonly Node[]) {
    const name = String((member['key'] as Node)['name'])
    const type = (member['typeAnnotation'] as Node)['typeAnnotation'] as Node
    if (type.type === 'TSTypeLiteral') {
      collect(type, [...path, name], collecting)
      continue
    }
    const text = collecting.source.slice(type.start, type.end)
    const kind = kindOf(/TRPC(\w+)Procedure</.exec(text.slice(0, 80))?.[1])
    if (kind) collecting.found.push(readLeaf(type, { path: [...path, name], kind }, collecting.source))
    else {
      const inner = recordOf(type, collecting.source)
      if (inner) collect(inner, [...path, name], collecting)
    }
  }
}

function kindOf(word: string | undefined): Leaf['kind'] | undefined {
  const kind = word?.toLowerCase()
  return kind === 'query' || kind === 'mutation' || kind === 'subscription' ? kind : undefined
}

/** The record of procedures inside `TRPCBuiltRouter<…, TRPCDecorateCreateRouterOptions<{ … }>>`. */
function recordOf(type: Node, source: string): Node | undefined {
  const options = find(
    type,
    (node) =>
      node !== type && /^(import\(.*?\)\.)?TRPCDecorateCreateRouterOptions</.test(source.slice(node.start, node.end)),
  )
  return options && find(options, (node) => node.type === 'TSTypeLiteral')
}

function readLeaf(type: Node, leaf: Pick<Leaf, 'path' | 'kind'>, source: string): Leaf {
  const literal = find(type, (node) => node.type === 'TSTypeLiteral')
  const members = (literal?.['members'] ?? []) as readonly Node[]
  const textOf = (name: string): string => {
    const member = members.find((candidate) => (candidate['key'] as Node)['name'] === name)
    const whole = member && ((member['typeAnnotation'] as Node)['typeAnnotation'] as Node)
    const inner = name === 'output' && leaf.kind === 'subscription' && whole ? eventOf(whole) : whole
    return inner ? source.slice(inner.start, inner.end).replace(/;/g, '').replace(/\n\s+/g, '\n') : 'void'
  }
  return { ...leaf, input: textOf('input'), output: textOf('output') }
}

/** What each event tells, inside `AsyncIterable<TrackedData<…>>`. */
function eventOf(type: Node): Node | undefined {
  return find(type, (node) => node.type === 'TSArrayType' || node.type === 'TSTypeLiteral')
}

function find(node: Node, test: (node: Node) => boolean): Node | undefined {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child !== 'object' || child === null || !('type' in child)) continue
      if (test(child as Node)) return child as Node
      const inner = find(child as Node, test)
      if (inner) return inner
    }
  }
  return undefined
}

function writeTree(leaves: readonly Leaf[], depth: number): string {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves) groups.set(leaf.path[0] ?? '', [...(groups.get(leaf.path[0] ?? '') ?? []), leaf])
  const pad = '  '.repeat(depth)
  const lines = [...groups].map(([name, group]) => {
    const [only] = group
    if (only && only.path.length === 1) return `${pad}readonly ${name}: ${writeLeaf(only, depth)}`
    return `${pad}readonly ${name}: ${writeTree(
      group.map((leaf) => ({ ...leaf, path: leaf.path.slice(1) })),
      depth + 1,
    )}`
  })
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth - 1)}}`
}

function writeLeaf({ kind, input, output }: Leaf, depth: number): string {
  const indent = (text: string): string => indentLines(text, depth + 1)
  return `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}<${indent(input)}, ${indent(output)}>`
}

/** Lines inside braces, two blanks a level. */
function indentLines(text: string, depth: number): string {
  let level = depth
  return text
    .split('\n')
    .map((line, index) => {
      if (/^[}\]]/.test(line)) level -= 1
      const indented = index === 0 ? line : '  '.repeat(level) + line
      if (/[{[]$/.test(line)) level += 1
      return indented
    })
    .join('\n')
    .replace(/\{\n\s*\}/g, '{}')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(generatedFolder, { recursive: true, force: true })
  mkdirSync(generatedFolder)
  for (const [name, text] of await buildClientTypes()) writeFileSync(join(generatedFolder, name), text)
}
