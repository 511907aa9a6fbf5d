import { drawPart } from '../kit/chance/draw.ts'
import type { Look } from './console-stage.ts'

/** One of the two languages with its theme, drawn by the run's seed; with `--all` both. */
export function drawLooks(): readonly Look[] {
  return drawPart(['zh', 'en'] as const, 1, 'sqlite')
}
