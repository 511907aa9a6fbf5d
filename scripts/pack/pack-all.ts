import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPackedManifest } from './packed-manifest.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Beside the sdk, what the command needs to run outside of the repository. */
const folders = ['core/sdk', 'core/client', 'core/cli'] as const

/**
 * One tarball for each package, with JavaScript and declarations: Node runs no TypeScript below `node_modules`. What is
 * packed is a copy; in the workspace the same names lead to the sources.
 */
export function packAll(into: string, wanted: readonly (typeof folders)[number][] = folders): readonly string[] {
  mkdirSync(into, { recursive: true })
  const place = mkdtempSync(join(tmpdir(), 'inthread-pack-'))
  try {
    return wanted.map((folder) => pack(folder, join(place, folder), into))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function pack(folder: string, stage: string, into: string): string {
  mkdirSync(stage, { recursive: true })
  emit(folder, stage)
  for (const file of globSync('**/*.d.ts', { cwd: join(stage, 'dist') })) nameBuiltFiles(join(stage, 'dist', file))
  writeFileSync(join(stage, 'package.json'), buildPackedManifest(join(root, folder, 'package.json')))
  cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))
  const guide = join(root, folder, 'README.md')
  if (existsSync(guide)) cpSync(guide, join(stage, 'README.md'))
  const answer = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], stage)
  const [made] = JSON.parse(answer) as { filename: string }[]
  if (!made) throw new Error(`npm packed nothing of ${folder}`)
  return join(into, made.filename)
}

/** The command declares nothing for others but itself; its types would drag the whole platform along. */
function emit(folder: string, stage: string): void {
  const alone = folder === 'core/cli' ? { declaration: false, noCheck: true, noResolve: true } : { declaration: true }
  const source = join(root, folder, 'src')
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, incremental: false, tsBuildInfoFile: null, rewriteRelativeImportExtensions: true },
      ...{ rootDir: source, outDir: join(stage, 'dist'), ...alone },
    },
    include: [join(source, '**/*.ts')],
    exclude: [join(source, '**/*.test.ts')],
  }
  // Beside the sources, so that their packages are found.
  const path = join(root, folder, 'node_modules/.pack.json')
  writeFileSync(path, JSON.stringify(config))
  try {
    run(join(root, 'node_modules/.bin/tsc'), ['-p', path], root)
  } finally {
    rmSync(path)
  }
}

/** Declarations keep the names of the sources, which are not there. */
function nameBuiltFiles(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'))
}

function run(file: string, given: readonly string[], cwd: string): string {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
  const { status, stdout, stderr, error } = spawnSync(file, given, { cwd, env, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${file} ${given.join(' ')} failed in ${cwd}:\n${error?.message ?? ''}${stdout}${stderr}`)
}
