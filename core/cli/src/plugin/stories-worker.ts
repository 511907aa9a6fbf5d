import { parentPort, workerData } from 'node:worker_threads'

/** In a worker of its own: the bundle plays its stories while it is loaded, and exports what came of it. */
const text = Buffer.from(String(workerData)).toString('base64')
const { default: played } = (await import(`data:text/javascript;base64,${text}`)) as { readonly default: unknown }
parentPort?.postMessage(played)
