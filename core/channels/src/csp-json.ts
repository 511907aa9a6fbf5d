import { defineChannel, type ChannelDefinition } from '@inthread/sdk/channel'
import { openAccount } from './csp-json/open-account.ts'
import { profile } from './csp-json/profile.ts'
import { settings } from './csp-json/settings.ts'

/**
 * The JSON interface between chatbot hosts and the messaging platforms of China Telecom and China Unicom
 * (specification 1.0.4, which both share). Built: access token, sending, the fixed menu, and every push. Not built:
 * revoking, media, bot information.
 */
export const cspJson: ChannelDefinition = defineChannel({
  id: 'csp-json',
  settings,
  secrets: ['appKey', 'callbackToken'],
  profile,
  open: openAccount,
})
