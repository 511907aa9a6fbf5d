import { posix } from 'node:path'
import { listPackages } from './source/packages.ts'
import type { Problem } from './problem.ts'
import { folderOf, nameOf, type Project } from './source/project.ts'

const guides = /^(README\.md|core\/ARCHITECTURE\.md|core\/decisions\/[^/]+\.md|plugins\/README\.md)$/

export function findDocumentProblems(project: Project): Problem[] {
  const documents = project.paths.filter((path) => path.endsWith('.md'))
  return [
    ...documents.flatMap((path) => findTitleProblems(path, project.readText(path))),
    ...documents.filter((path) => guides.test(path)).flatMap((path) => findPathProblems(project, path)),
    ...documents
      .filter((path) => path.startsWith('core/decisions/'))
      .flatMap((path) => findDecisionProblems(project, path)),
  ]
}

interface Line {
  readonly number: number
  readonly content: string
}

/** The lines outside fenced blocks. */
function listProse(text: string): Line[] {
  let fence: string | undefined
  return text.split('\n').flatMap((content, index) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(content)?.[1]
    const inside = fence !== undefined || mark !== undefined
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence
    return inside ? [] : [{ number: index + 1, content }]
  })
}

function findTitleProblems(path: string, text: string): Problem[] {
  const titles = listProse(text).filter(({ content }) => /^# \S/.test(content))
  if (titles.length === 1) return []
  return [
    {
      rule: 'document/title',
      path,
      text: `${titles.length} titles: a document has exactly one line that begins with "# "`,
    },
  ]
}

function findDecisionProblems(project: Project, path: string): Problem[] {
  const problems: string[] = []
  if (!/^\d{3}-[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(nameOf(path))) problems.push('a decision is named 001-its-title.md')
  const head = project.readText(path).split('\n').slice(0, 8)
  if (!head.some((line) => /\b20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])\b/.test(line))) {
    problems.push('a decision says its day (2026-01-31) in one of its first lines')
  }
  return problems.map((text) => ({ rule: 'document/decision', path, text }))
}

/** Paths in backticks, targets of links, and names of our packages. */
function findPathProblems(project: Project, path: string): Problem[] {
  return listProse(project.readText(path)).flatMap(({ number, content }) => {
    const quoted = [...content.matchAll(/`([^`]+)`/g)]
      .map((match) => match[1] ?? '')
      .filter((word) => isPathLike(project, word))
    const linked = [...content.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((to) => !/^[a-z]+:/.test(to))
    return [...quoted, ...linked]
      .filter((word) => !resolves(project, path, word))
      .map((word) => ({
        rule: 'document/path',
        path,
        line: number,
        text: `${word} does not exist: name what is there`,
      }))
  })
}

/** Begins at the top, beside the document, with a room of core, or with our scope. Everything else may be anything. */
function isPathLike(project: Project, word: string): boolean {
  if (/[\s<>{}()$:=,]|^\/|^~/.test(word)) return false
  if (/^(\.\.?\/|@inthread\/)/.test(word)) return true
  const [first = ''] = word.split('/')
  return word.includes('/') && first !== '' && (hasFolder(project, first) || hasFolder(project, `core/${first}`))
}

function resolves(project: Project, document: string, word: string): boolean {
  if (word.startsWith('@inthread/')) return isPackage(project, word)
  const fixed = word.replace(/\/?\*.*$/, '').replace(/\/$/, '')
  const [room = '', ...rest] = fixed.split('/')
  const inRoom = posix.join('core', room, 'src', ...rest)
  const beside = posix.join(folderOf(document), fixed)
  return [fixed, beside, `core/${fixed}`, inRoom, `${inRoom}.ts`].some(
    (path) => project.has(path) || hasFolder(project, path),
  )
}

function isPackage(project: Project, word: string): boolean {
  const name = word.split('/').slice(0, 2).join('/').replace(/-?\*$/, '')
  return listPackages(project).some((each) => (word.endsWith('*') ? each.name.startsWith(name) : each.name === name))
}

function hasFolder(project: Project, folder: string): boolean {
  return project.paths.some((path) => path.startsWith(`${folder}/`))
}
