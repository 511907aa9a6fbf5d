/** What a plugin author writes with. Nothing here touches a network, a file, a clock or chance. */
export {
  need,
  want,
  defineCapability,
  type CapabilityDeclaration,
  type Ceiling,
  type EffectClass,
  type Need,
  type OperationDeclaration,
} from './capability.ts'
export { Fault, isFault, type FaultCode } from './fault.ts'
export { shorten } from './message/clean.ts'
export { addEvent, cardMessage, carousel, dial, openUrl, reply, textMessage } from './message/content.ts'
export type { Card, CarouselContent, Content, Reply, Suggestion } from './message/content.ts'
export { maskCard, maskName, maskNationalId, maskPayeeName, maskPhone } from './message/mask.ts'
export {
  addMoney,
  formatMoney,
  money,
  moneySchema,
  moneyToDecimal,
  multiplyMoney,
  sameMoney,
  type Money,
} from './money.ts'
export { collection, holdSchema, secretSchema, type Hold, type SecretRef } from './plugin/collection.ts'
export { defineContract, type Contract, type ContractDeclaration } from './plugin/contract.ts'
export { defineFlow } from './plugin/flow.ts'
export { form, formChoice, type FormField, type FormOptions } from './plugin/form.ts'
export { choice, listPick, pagedList, type ListPick, type PagedListOptions } from './plugin/paged-list.ts'
export { definePlugin, intent, reaction } from './plugin/plugin.ts'
export type { Intent, IntentContext, Plugin, Reaction } from './plugin/plugin.ts'
export type { ContextOf, StepOf } from './plugin/step.ts'
export { text, type TextRef } from './plugin/text.ts'
export { formatDate, formatDateTime, formatDay, formatTime, localParts } from './message/moment.ts'
export { addMs, days, findInstant, hours, instantToIso, minutes, seconds, type Instant } from './time.ts'
export { z } from 'zod'
