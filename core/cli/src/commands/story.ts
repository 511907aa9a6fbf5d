import type { Output } from './output.ts'

export interface StoryOptions {
  readonly home: string
  readonly operator?: string
}

export function runStoryCommand(_file: string, _options: StoryOptions, _output: Output): Promise<number> {
  return Promise.resolve(1)
}
