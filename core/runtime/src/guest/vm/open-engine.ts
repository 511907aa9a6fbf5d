import loaded from '@jitl/quickjs-ng-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'

/** What we use of a WebAssembly memory; Node's types leave it to the browser's. */
interface EngineMemory {
  readonly buffer: ArrayBuffer
}
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => EngineMemory
}

/** The engine's own memory at its start: 16 MB, of which a loaded plugin fills a part. */
const enginePages = 256
const pageBytes = 65_536

export interface Engine {
  readonly module: QuickJSWASMModule
  readonly memory: EngineMemory
}

/**
 * An engine in a memory of its own. The memory's maximum is what holds: the engine's own limit does not count
 * everything.
 */
export async function openEngine(heapBytes: number): Promise<Engine> {
  const maximum = enginePages + Math.ceil(heapBytes / pageBytes)
  const memory = new WebAssembly.Memory({ initial: enginePages, maximum })
  const variant = newVariant(getVariant(loaded), { wasmMemory: memory })
  return { module: await newQuickJSWASMModuleFromVariant(variant), memory }
}

/** All memory that is in use: beyond the last byte that is not zero nothing was ever allocated. */
export function copyMemory({ memory }: Engine): Uint8Array {
  const words = new BigUint64Array(memory.buffer)
  let last = words.length - 1
  while (last > 0 && words[last] === 0n) last -= 1
  return new Uint8Array(memory.buffer).slice(0, (last + 1) * 8)
}

/** The package's types and its module differ in how the default export is reached. */
function getVariant(value: unknown): QuickJSSyncVariant {
  if (isVariant(value)) return value
  throw new TypeError('the engine package has another form than expected')
}

function isVariant(value: unknown): value is QuickJSSyncVariant {
  return typeof value === 'object' && value !== null && 'importFFI' in value && 'type' in value && value.type === 'sync'
}
