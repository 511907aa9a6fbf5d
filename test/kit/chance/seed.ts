import { randomInt } from 'node:crypto'

/**
 * The seed of this run for everything a test leaves to chance, `fc.assert(…, { seed: getTestSeed() })`. `npm test`
 * chooses one and prints it in its summary; `INTHREAD_TEST_SEED=<seed>` repeats it.
 */
export function getTestSeed(): number {
  const given = Number(process.env['INTHREAD_TEST_SEED'] || Number.NaN)
  if (Number.isSafeInteger(given)) return given
  const drawn = randomInt(2 ** 31)
  process.env['INTHREAD_TEST_SEED'] = String(drawn)
  return drawn
}
