import { readEnvironment } from './boot/read-environment.ts'
import { StartError } from './boot/start-error.ts'
import { startOperator } from './boot/start-operator.ts'

const environmentFault = 3

/** Starts the operator from the environment, tells in one JSON line where it is, and stops on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const options = readEnvironment(process.env, process.stderr.isTTY === true)
  const operator = await startOperator(options)
  process.stdout.write(`${JSON.stringify({ ready: true, operator: operator.url, phone: `${operator.url}/` })}\n`)
  const stop = (): void => {
    void operator.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((cause: unknown) => {
  if (!(cause instanceof StartError)) throw cause
  process.stderr.write(`${cause.message}\n`)
  process.exit(environmentFault)
})
