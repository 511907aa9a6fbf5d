import { buildCheckBody, callbackPath } from '../callbacks/callback-body.ts'
import { enqueueCallback } from '../callbacks/enqueue-callback.ts'
import type { Parts } from '../boot/parts.ts'
import { compile, findOperatorMenuProblem } from '../rcc07/validate.ts'
import type { BodyProblem } from '../rcc07/validate.ts'
import { buildLane } from '../threads/report-state.ts'
import type { BotCall } from '../northbound/bot-call.ts'
import { BotRefusal, botCode } from '../northbound/bot-refusal.ts'
import { optionalsSchema } from './envelope-schema.ts'

const findOptionalsProblem = compile(optionalsSchema)

/** Answers `POST …/update/chatBotInfo/menu`. The audit passes at once; its result is pushed as a real one would be. */
export function updateMenu(parts: Parts, { chatbot, body }: BotCall): object {
  const problem = findOperatorMenuProblem(body)
  if (problem) throw new BotRefusal(chooseMenuCode(problem), `${problem.pointer} ${problem.rule}`)
  commitInfo(parts, chatbot.chatbotId, { part: 'menu', value: body['menu'], description: 'menu' })
  return {}
}

/** The operators' codes for buttons: count, name, key (postback) and type. */
function chooseMenuCode({ pointer, keyword }: BodyProblem): number {
  if (keyword === 'maxItems' || keyword === 'minItems') return botCode.buttonCount
  if (pointer.endsWith('/displayText')) return botCode.buttonName
  if (pointer.includes('/postback')) return botCode.buttonKey
  return botCode.buttonType
}

/** Answers `POST …/update/chatBotInfo/optionals`. Fields not named keep their value. */
export function updateOptionals(parts: Parts, { chatbot, body }: BotCall): object {
  const problem = findOptionalsProblem(body)
  if (problem) throw new BotRefusal(botCode.parameter, `${problem.pointer} ${problem.rule}`)
  const value = { ...chatbot.optionals, ...body }
  commitInfo(parts, chatbot.chatbotId, { part: 'optionals', value, description: 'optionals' })
  return {}
}

interface InfoChange {
  readonly part: 'menu' | 'optionals'
  readonly value: unknown
  readonly description: string
}

function commitInfo(parts: Parts, chatbotId: string, { part, value, description }: InfoChange): void {
  parts.db.transact(() => {
    parts.chatbots.putPart(chatbotId, part, value)
    enqueueCallback(parts, {
      lane: buildLane(chatbotId),
      chatbotId,
      path: callbackPath.check(chatbotId),
      body: buildCheckBody(description, parts.clock.now()),
      messageId: '',
    })
  })
  parts.wake()
  parts.changes.announceAll()
}

/** Answers `GET …/find/chatBotInfo`. */
export function findInfo(_parts: Parts, { chatbot, serverUrl }: BotCall): object {
  const { profile, optionals = {}, menu } = chatbot
  return {
    accessNo: chatbot.number,
    domain: chatbot.chatbotId.split('@')[1] ?? '',
    serviceName: profile.name,
    serviceIcon: profile.logo,
    serviceDescription: profile.description,
    TCPage: profile.terms ?? '',
    SMSNumber: profile.serviceNumber,
    verified: profile.verified,
    authName: profile.provider,
    status: 0,
    criticalChatbot: false,
    url: serverUrl,
    version: 'v1',
    provider: profile.provider,
    category: [],
    ...optionals,
    menu: menu ?? { entries: [] },
  }
}
