import type { Parts } from '../boot/parts.ts'
import { issueToken } from '../operations/access-token.ts'
import type { BotOperation } from './bot-call.ts'
import { findInfo, updateMenu, updateOptionals } from '../operations/chatbot-info.ts'
import { createRateLimit } from '../operations/rate-limit.ts'
import { revokeMessage } from '../operations/revoke-message.ts'
import { sendMessage } from '../operations/send-message.ts'

const messageIds = ['messageId', 'conversationId', 'contributionId']

/** Everything a chatbot platform may call. */
export function listBotOperations({ clock }: Parts): BotOperation[] {
  const rate = createRateLimit(clock.system)
  const post = { method: 'POST', needsToken: true } as const
  return [
    { ...post, path: '/accessToken', needsToken: false, fault: 'token', idFields: [], run: issueToken },
    {
      ...post,
      path: '/messages',
      fault: 'send',
      idFields: messageIds,
      run: (parts, call) => sendMessage(parts, call, rate),
    },
    { ...post, path: '/revoke', fault: 'revoke', idFields: ['messageId'], run: revokeMessage },
    { ...post, path: '/update/chatBotInfo/menu', fault: 'menu', idFields: [], run: updateMenu },
    { ...post, path: '/update/chatBotInfo/optionals', idFields: [], run: updateOptionals },
    { method: 'GET', path: '/find/chatBotInfo', needsToken: true, idFields: [], run: findInfo },
  ]
}
