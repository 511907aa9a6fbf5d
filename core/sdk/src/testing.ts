/** For the tests of a plugin: stories played without a platform, in every way a platform may disturb them. */
export type { Bank, Bot, Clock, Host, Others, User } from './testing/actors.ts'
export { openThread, type Stage } from './testing/stage.ts'
export { StoryFailure } from './testing/story-failure.ts'
export { storyBegins, type ThreadOptions } from './testing/thread.ts'
export { writeText } from './testing/write-text.ts'
