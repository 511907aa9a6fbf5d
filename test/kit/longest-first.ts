import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The most seconds are spent where the whole house is started. */
const long = ['/test/faults/', '/test/browser/', '/test/journeys/']

/**
 * What takes long begins first, so that no worker has a minute left when the others are done. A fresh checkout has no
 * times of an earlier run to go by.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex((folder) => moduleId.includes(folder))
      return found < 0 ? long.length : found
    }
    return sorted.toSorted((left, right) => rankOf(left) - rankOf(right))
  }
}
