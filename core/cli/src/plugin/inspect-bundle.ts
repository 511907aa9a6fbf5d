import { Worker } from 'node:worker_threads'
import type { Inspection } from './inspection.ts'

/** In a checkout the sources run as they are, in a package what was built of them. */
const workerFile = new URL(`./inspect-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** A bundle loads in a fraction of a second; a machine that is busy may take many of them. */
const limitMs = 30_000

/** Loads a bundle in a worker of its own, with 256 MB and half a minute, and asks for its manifest. */
export async function inspectBundle(bundle: string): Promise<Inspection> {
  const stop = AbortSignal.timeout(limitMs)
  const worker = new Worker(workerFile, { workerData: bundle, resourceLimits: { maxOldGenerationSizeMb: 256 } })
  try {
    return await new Promise<Inspection>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new TypeError('it ended the process it was loaded in')))
      stop.addEventListener('abort', () => reject(new TypeError('it was still loading after half a minute')))
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { manifest: undefined, problems: [`it cannot be loaded: ${why}`] }
  } finally {
    await worker.terminate()
  }
}
