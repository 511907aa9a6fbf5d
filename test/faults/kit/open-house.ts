import { onTestFinished } from 'vitest'
import { readSettings, startHouse, type House, type HouseOptions } from '@inthread/runtime'
import type { World } from './world.ts'

export interface OpenHouse {
  readonly house: House
  /** Its log lines so far. */
  readonly log: readonly string[]
}

const httpDeadlineMs = 700

/** The platform of a world in this very process, for stories in which it does not have to die; open for one test. */
export async function openHouse(
  world: World,
  options: HouseOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<OpenHouse> {
  const log: string[] = []
  const settings = readSettings({ ...world.environment, ...environment }, false)
  const house = await startHouse(settings, { httpDeadlineMs, writeLog: (line) => void log.push(line), ...options })
  onTestFinished(() => house.stop())
  return { house, log }
}
