import { join } from 'node:path'

/**
 * The command for a checkout, `npm run inthread -- doctor`: paths count from where it was called, the data folder is
 * the checkout's.
 */
process.env['INTHREAD_HOME'] ??= join(import.meta.dirname, '..', '.inthread')
process.chdir(process.env['INIT_CWD'] ?? process.cwd())
await import('inthread')
