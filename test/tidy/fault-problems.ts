import type { Problem } from './problem.ts'
import { isTest, listCode, type Project } from './source/project.ts'
import { findRootName, findText, getSyntax, listNodes, type Node, walk } from './source/syntax.ts'

const catalogueFolder = 'core/sdk/src/fault/'
const guide = 'core/FAULTS.md'
const codePattern = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*$/

/** Catalogue, code and the operators' guide name the same faults, each read against the two others. */
export function findFaultProblems(project: Project): Problem[] {
  const catalogued = listCatalogue(project)
  const uses = listUses(project)
  return [
    ...findUnknownCodes(catalogued, uses),
    ...findUnusedCodes(catalogued, uses),
    ...findGuideProblems(project, catalogued),
  ]
}

interface Place {
  readonly code: string
  readonly path: string
  readonly line: number
}

interface Use extends Place {
  /** Raised by `new Fault`; otherwise passed on or looked up, which may become a raise elsewhere. */
  readonly raised: boolean
}

/** Entries are properties named by their code, whatever the files of the catalogue are called. */
function listCatalogue(project: Project): Place[] {
  const paths = listCode(project).filter((path) => path.startsWith(catalogueFolder) && !isTest(path))
  return paths.flatMap((path) => {
    const syntax = getSyntax(project, path)
    return listNodes(syntax.program).flatMap((node) => {
      const code = node.type === 'Property' ? findText(node.key) : undefined
      return code !== undefined && codePattern.test(code) ? [{ code, path, line: syntax.lineAt(node.start) }] : []
    })
  })
}

function listUses(project: Project): Use[] {
  const paths = listCode(project).filter(
    (path) => /^(core|plugins)\//.test(path) && !path.startsWith(catalogueFolder) && !isTest(path),
  )
  return paths.flatMap((path) => listUsesOf(project, path))
}

function listUsesOf(project: Project, path: string): Use[] {
  const syntax = getSyntax(project, path)
  const uses: Use[] = []
  walk(syntax.program, (node, ancestors) => {
    const code = findText(node)
    if (code === undefined || !codePattern.test(code) || isRecognised(node, ancestors)) return
    const parent = ancestors.at(-1)
    const raised = parent?.type === 'NewExpression' && findRootName(parent.callee) === 'Fault'
    uses.push({ code, path, line: syntax.lineAt(node.start), raised: raised && parent.arguments[0] === node })
  })
  return uses
}

/** Asking whether something is a fault does not raise it. */
function isRecognised(node: Node, ancestors: readonly Node[]): boolean {
  const parent = ancestors.at(-1)
  return parent?.type === 'CallExpression' && findRootName(parent.callee) === 'isFault' && parent.arguments[1] === node
}

function findUnknownCodes(catalogued: readonly Place[], uses: readonly Use[]): Problem[] {
  const known = new Set(catalogued.map(({ code }) => code))
  return uses
    .filter(({ code, raised }) => raised && !known.has(code))
    .map(({ code, path, line }) => ({
      rule: 'fault/unknown',
      path,
      line,
      text: `raises ${code}, which the catalogue does not have: add it to ${catalogueFolder}catalogue.ts`,
    }))
}

function findUnusedCodes(catalogued: readonly Place[], uses: readonly Use[]): Problem[] {
  const used = new Set(uses.map(({ code }) => code))
  return catalogued
    .filter(({ code }) => !used.has(code))
    .map(({ code, path, line }) => ({
      rule: 'fault/unused',
      path,
      line,
      text: `${code} is never raised: remove it, or raise it where it happens`,
    }))
}

interface Row extends Place {
  readonly meaning: string
  readonly remedy: string
}

function findGuideProblems(project: Project, catalogued: readonly Place[]): Problem[] {
  if (!project.has(guide)) {
    return [{ rule: 'fault/guide', path: guide, text: 'is missing: a table with code | what it means | what to do' }]
  }
  // Below its first table the guide speaks of events and metrics: `alarm-problems.ts` reads those.
  const rows = listRows(project.readText(guide).split('\n## ')[0] ?? '')
  return [...findMissingRows(rows, catalogued), ...findWrongRows(rows, catalogued)]
}

function listRows(text: string): Row[] {
  return text.split('\n').flatMap((content, index) => {
    const [code = '', meaning = '', remedy = ''] = content
      .split(/(?<!\\)\|/)
      .slice(1)
      .map((cell) => cell.trim())
    const bare = /^`(.+)`$/.exec(code)?.[1] ?? ''
    return codePattern.test(bare) ? [{ code: bare, path: guide, line: index + 1, meaning, remedy }] : []
  })
}

function findMissingRows(rows: readonly Row[], catalogued: readonly Place[]): Problem[] {
  const explained = new Set(rows.map(({ code }) => code))
  return catalogued
    .filter(({ code }) => !explained.has(code))
    .map(({ code, path, line }) => ({
      rule: 'fault/unexplained',
      path,
      line,
      text: `${code} has no row in ${guide}: say what it means and what to do`,
    }))
}

function findWrongRows(rows: readonly Row[], catalogued: readonly Place[]): Problem[] {
  const known = new Set(catalogued.map(({ code }) => code))
  return rows.flatMap(({ code, path, line, meaning, remedy }, index) => {
    const texts: string[] = []
    if (!known.has(code)) texts.push(`${code} is not in the catalogue: remove the row`)
    if (rows.findIndex((row) => row.code === code) < index) texts.push(`${code} has a row already: keep one`)
    if (meaning === '' || remedy === '')
      texts.push(`${code} leaves the operator alone: say what it means and what to do`)
    return texts.map((text) => ({ rule: 'fault/guide', path, line, text }))
  })
}
