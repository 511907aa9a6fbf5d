/** For the tests of a plugin: stories played without a platform, in every way a platform may disturb them. */
export type { Bank, Bot, Clock, Host, Others, User } from './testing/actors.ts'
export { openThread, type Stage } from './testing/stage.ts'
export { StoryFailure } from './testing/story-failure.ts'
export { storyBegins, type ThreadOptions } from './testing/thread.ts'
export { writeText } from './testing/write-text.ts'
export { checkStories, type StoryProblem } from './stories/check-stories.ts'
export {
  compareJournal,
  readJournal,
  recordJournal,
  writeJournal,
  type RecordedJournal,
  type RecordedRun,
} from './stories/journal.ts'
export { playStory, story, type Script, type Story, type StorySetting } from './stories/story.ts'
export {
  confirmAtCounter,
  prepareAtCounter,
  proveAtCounter,
  proveByCode,
  sendCode,
  type CounterVisit,
} from './stories/visit-counter.ts'
