import { appendFileSync } from 'node:fs'
import { noWrapper, readSettings, startHouse, type PortWrapper } from '@inthread/runtime'

/**
 * A platform as a process of its own, in which some transactions do not happen: what they would have done is left for
 * another one on the same database.
 */
const left = (process.env['TEST_LEFT_TO_OTHERS'] ?? '').split(',')
const wrapper: PortWrapper = {
  ...noWrapper,
  store: {
    observe: ({ label, call, phase }) => {
      if (call === 'begin' && phase === 'before' && left.includes(label)) throw new Error(`${label} is left to others`)
    },
  },
}
const writeLog = (line: string): void => appendFileSync(process.env['TEST_LOG_FILE'] ?? '', line)
const house = await startHouse(readSettings(process.env, false), { wrapper, writeLog })
process.once('message', () => void house.stop().then(() => process.exit(0)))
process.once('disconnect', () => process.exit(1))
process.send?.({ url: house.url, adminKey: house.adminKey })
