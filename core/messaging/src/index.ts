/** The messaging engine: inbox → conversation → turn → outbox. It knows no tenant, channel, bank or plugin by name. */
export { createMessaging, type Messaging } from './engine/messaging.ts'
export { messagingMigrations } from './schema/migrations.ts'
export { commitCollection, type CollectionRef } from './collection/documents.store.ts'
export { pickWording } from './tenancy/tenancy.ts'
export { listTemplateProblems, type TemplateRules } from './text/list-template-problems.ts'
export { listConversations, listTimeline, type TimelineEntry } from './timeline/timeline.view.store.ts'
export type { Push, InternalItem } from './inbox/accept.store.ts'
export type * from './ports.ts'
