/** The messaging engine: inbox → conversation → turn → outbox. It knows no tenant, channel, bank or plugin by name. */
export { createMessaging, type Messaging } from './engine/messaging.ts'
export { messagingMigrations } from './schema/migrations.ts'
export { commitCollection, commitDocuments, eraseCollection } from './collection/documents.store.ts'
export {
  countDocuments,
  findKeyProblem,
  listDocuments,
  type CollectionCount,
  type DocumentPage,
} from './collection/transfer.store.ts'
export type { CollectionRef } from './collection/documents.ts'
export { eraseOwner } from './collection/personal.store.ts'
export { announce, findAnnouncement, type Announced, type AnnouncementView } from './announcement/announcement.store.ts'
export { countTraffic, type Traffic } from './timeline/traffic.view.store.ts'
export { listAnswers, removeAnswer, saveAnswer, type Answer } from './desk/answer.store.ts'
export {
  claimCase,
  giveBack,
  handOver,
  releaseCase,
  sayAsAgent,
  type CaseAnswer,
  type DeskPorts,
} from './desk/desk.store.ts'
export { listCaseMessages, listCases, type CaseMessage } from './desk/case.view.store.ts'
export { pickWording } from './tenancy/tenancy.ts'
export { listTemplateProblems, type TemplateRules } from './text/list-template-problems.ts'
export { countSms, previewText, smsProfile, type TextPlace, type TextPreview } from './text/preview-text.ts'
export { explainWords, type Explanation, type Sentence } from './text/explain-words.ts'
export { askPublications, listPublications, type PublicationState } from './outbox/publication.store.ts'
export { readMessagingBacklog, type MessagingBacklog } from './timeline/backlog.view.store.ts'
export {
  listConversations,
  listTimeline,
  listTimelineParts,
  type TimelineEntry,
} from './timeline/timeline.view.store.ts'
export { readTimelineMark } from './timeline/read-timeline-mark.view.store.ts'
export {
  followTimeline,
  reachesBack,
  readTimelinePlace,
  writeTimelinePlace,
  type TimelinePlace,
} from './timeline/follow-timeline.ts'
export { listStoredCollections, type StoredCollection } from './collection/stored-collections.store.ts'
export { bankWays, type SimulatedAct } from './simulate/act.ts'
export type { SimulatedBank } from './simulate/bank.ts'
export type { SimulationBudget } from './simulate/play.ts'
export { simulateThread, type Simulation } from './simulate/simulate-thread.ts'
export type * from './simulate/simulated-thread.ts'
export { readScript, type ScriptAct, type StoredScript } from './timeline/script.view.store.ts'
export { listOpenRuns } from './halt/open-runs.store.ts'
export { planMoves, surveyRuns, type Survey, type SurveyResult } from './halt/survey.ts'
export type { Push, InternalItem } from './inbox/accept.store.ts'
export type * from './ports.ts'
