import { join } from 'node:path'
import { startBank, type BankOptions } from '@inthread/sandbox-bank'
import { startOperator, type OperatorOptions } from '@inthread/sandbox-operator'
import { findFreePorts, releasePorts } from './ports.ts'

/** What stands outside of the house: a bank and an operator, listening, and the ports that all three have. */
export interface Street {
  readonly bankUrl: string
  readonly operatorUrl: string
  /** The environment of a platform that stands in this street. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

export interface StreetOptions {
  readonly folder: string
  readonly page?: boolean
  readonly bank?: Partial<BankOptions>
  readonly operator?: Partial<OperatorOptions>
}

/** Opens a sandbox bank and a sandbox operator, each with a folder of its own, for a platform that is to come. */
export async function openStreet({ folder, page = false, bank, operator }: StreetOptions): Promise<Street> {
  const ports = await findFreePorts(3)
  const [port = 0, bankPort = 0, operatorPort = 0] = ports
  const platformUrl = `http://127.0.0.1:${port}`
  const home = join(folder, 'street')
  const operatorUrl = `http://127.0.0.1:${operatorPort}`
  const running = await Promise.all([
    startOperator({ home, port: operatorPort, page, writeLog: () => undefined, ...operator }),
    startBank({ home, port: bankPort, platformUrl, operatorUrl, ...bank }),
  ])
  return {
    bankUrl: `http://127.0.0.1:${bankPort}`,
    operatorUrl,
    environment: {
      INTHREAD_PORT: String(port),
      INTHREAD_BANK_PORT: String(bankPort),
      INTHREAD_OPERATOR_PORT: String(operatorPort),
      INTHREAD_SANDBOX: 'on',
      INTHREAD_LOG: 'json',
    },
    close: async () => {
      for (const party of running) await party.close()
      releasePorts(ports)
    },
  }
}
