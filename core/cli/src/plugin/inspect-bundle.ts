import { Worker } from 'node:worker_threads'
import type { Inspection } from './inspection.ts'

/** In a checkout the sources run as they are, in a package what was built of them. */
const workerFile = new URL(`./inspect-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** Loads a bundle in a worker of its own, with 256 MB, and asks for its manifest; `stop` ends one that never ends. */
export async function inspectBundle(bundle: string, stop: AbortSignal): Promise<Inspection> {
  const worker = new Worker(workerFile, { workerData: bundle, resourceLimits: { maxOldGenerationSizeMb: 256 } })
  try {
    return await new Promise<Inspection>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new TypeError('it ended the process it was loaded in')))
      stop.addEventListener('abort', () => reject(new TypeError('it was still loading after ten seconds')))
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { manifest: undefined, problems: [`it cannot be loaded: ${why}`] }
  } finally {
    await worker.terminate()
  }
}
