/** Who may import whom: the level table of the house. Arrows go down, never sideways. */
const importable: Readonly<Record<string, readonly string[]>> = {
  sdk: [],
  store: ['sdk'],
  channels: ['sdk'],
  banks: ['sdk'],
  client: ['sdk'],
  plugins: ['sdk'],
  tenants: ['client', 'sdk'],
  messaging: ['sdk', 'store'],
  finance: ['sdk', 'store'],
  admin: ['sdk', 'store', 'messaging', 'finance'],
  console: ['client'],
  cli: ['client', 'sdk'],
  runtime: ['sdk', 'store', 'channels', 'banks', 'client', 'messaging', 'finance', 'admin', 'console'],
}

/** Imported with `import()` at the moment of use only, so that the rest of the room works without it. */
const lazilyImportable: Readonly<Record<string, readonly string[]>> = { cli: ['runtime'] }

/** They drive the whole house from outside. Tenants are data even for them. */
const outermost = ['test', 'scripts']

/** `core/sdk/src/a.ts` → `sdk`, `plugins/travel/flow.ts` → `plugins`; undefined for files that are in no room. */
export function findRoom(path: string): string | undefined {
  const [first = '', second = ''] = path.split('/')
  if (first === 'core') return second
  return ['plugins', 'tenants', ...outermost].includes(first) ? first : undefined
}

export const isSandbox = (room: string): boolean => room.startsWith('sandbox-')
export const isOutermost = (room: string): boolean => outermost.includes(room)

export type ImportForm = 'static' | 'lazy'

/** Why room `from` may not import room `to`, as a sentence; undefined when it may. */
export function findWall(from: string, to: string, form: ImportForm): string | undefined {
  if (to === 'tenants') return 'tenants are data and never imported: read the file or apply it through the admin API'
  if (isOutermost(from)) return undefined
  if (isOutermost(to)) return `${to} stands outside the house: nothing of the house imports it`
  if (isSandbox(from)) return 'a sandbox imports nothing of ours: speak over HTTP, write its own rules'
  if (isSandbox(to)) return 'the house never imports what stands outside: reach it over HTTP'
  if (importable[from]?.includes(to)) return undefined
  return findLazyWall(from, to, form)
}

function findLazyWall(from: string, to: string, form: ImportForm): string | undefined {
  if (!lazilyImportable[from]?.includes(to)) return describeWall(from, to)
  return form === 'lazy' ? undefined : `${from} loads ${to} only when needed: write \`await import(…)\``
}

function describeWall(from: string, to: string): string {
  if (to === 'runtime') return 'nobody imports runtime: state what you need in your own ports.ts, the hall plugs it in'
  const allowed = importable[from]
  if (allowed === undefined) return `the room ${from} is not in the level table: add it to test/tidy/source/rooms.ts`
  const may = allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')
  return `${from} may import ${may}, not ${to}: state what you need in your own ports.ts, or move the code down`
}
