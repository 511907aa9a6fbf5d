import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Problem } from './problem.ts'
import { listPackages } from './source/packages.ts'
import { type Project, rootFolder } from './source/project.ts'

/**
 * A fenced block that begins with three backticks and `ts check`. With a name (`ts check shop/order.ts`) it is a file
 * that the document's other blocks can import.
 */
export interface Snippet {
  readonly path: string
  /** Of its file, below the folder of its document. */
  readonly name: string
  /** Where its first line of code stands in the document. */
  readonly line: number
  readonly code: string
}

/** Compiles every marked block of every document, all in one run of the compiler, against the workspace's doors. */
export function findSnippetProblems(project: Project): Problem[] {
  const documents = project.paths.filter((path) => path.endsWith('.md'))
  const snippets = documents.flatMap((path) => listSnippets(path, project.readText(path)))
  return snippets.length === 0 ? [] : compile(project, snippets)
}

export function listSnippets(path: string, text: string): Snippet[] {
  return [...text.matchAll(/^```ts check *([\w./-]+\.ts)? *\n([\s\S]*?)^```/gm)].map((match, index) => ({
    path,
    name: match[1] ?? `block-${index}.ts`,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[2] ?? '',
  }))
}

/** Writes the blocks where their names say. */
export function writeSnippets(folder: string, snippets: readonly Snippet[]): void {
  for (const { name, code } of snippets) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), code)
  }
}

function compile(project: Project, snippets: readonly Snippet[]): Problem[] {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-snippets-'))
  try {
    for (const path of new Set(snippets.map((snippet) => snippet.path)))
      writeSnippets(
        join(folder, folderOf(path)),
        snippets.filter((snippet) => snippet.path === path),
      )
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(buildConfiguration(project)))
    const tsc = join(rootFolder, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return readErrors(stdout, snippets)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A folder for each document: their blocks know nothing of one another. */
function folderOf(path: string): string {
  return path.replaceAll(/\W/g, '-')
}

/** Unused names are no mistake in an example. */
function buildConfiguration(project: Project): object {
  const doors = listPackages(project).flatMap(({ folder, name, doors }) =>
    [...doors].flatMap(([door, targets]) => {
      const source = targets.find((target) => /\.tsx?$/.test(target))
      return source === undefined ? [] : [[`${name}${door.slice(1)}`, [join(rootFolder, folder, source)]] as const]
    }),
  )
  return {
    extends: join(rootFolder, 'tsconfig.json'),
    compilerOptions: {
      incremental: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      typeRoots: [join(rootFolder, 'node_modules/@types')],
      paths: { ...Object.fromEntries(doors), '*': [join(rootFolder, 'node_modules/*')] },
    },
    include: ['**/*.ts'],
  }
}

/** Errors in the house's own files are the type check's business. */
function readErrors(output: string, snippets: readonly Snippet[]): Problem[] {
  return [...output.matchAll(/^([^\s(]+)\((\d+),\d+\): error (.+)$/gm)].flatMap(
    ([, file = '', row = '', message = '']) => {
      const snippet = snippets.find(({ path, name }) => `${folderOf(path)}/${name}` === file)
      if (snippet === undefined) return []
      return [
        {
          rule: 'document/snippet',
          path: snippet.path,
          line: snippet.line + Number(row) - 1,
          text: `does not compile: ${message}`,
        },
      ]
    },
  )
}
