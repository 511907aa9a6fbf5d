/** Stories as files: reading them, and playing them against a running sandbox. Used by the command and by journeys. */
export { buildStoryJsonSchema, storySchema, type Story, type Turn } from './story/format/story-schema.ts'
export { readStory, type StoryProblem } from './story/format/read-story.ts'
export { playStory, type Play } from './story/play/play-story.ts'
export { renderEnd, renderTurn, type StoryReport, type TurnReport } from './story/play/report.ts'
export { readDefinition } from './commands/definition.ts'
export type { PlayOptions } from './story/play/stage.ts'
export { openWorld, type WorldParts } from './story/world/open-world.ts'
export { StoryError, type StoryWorld } from './story/world/story-world.ts'
