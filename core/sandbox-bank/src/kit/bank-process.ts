import { startBank } from '../index.ts'

/** A bank in a process of its own, so that a test can kill it: options as JSON in the first argument. */
const bank = await startBank(JSON.parse(process.argv[2] ?? '{}'))
process.stdout.write(`${JSON.stringify({ ready: true, url: bank.url, port: bank.port })}\n`)
