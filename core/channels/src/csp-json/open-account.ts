import type { ChannelAccount, ChannelPorts } from '@inthread/sdk/channel'
import { receivePush } from './inbound/receive-push.ts'
import { verifyPush } from './inbound/verify-push.ts'
import { probeAccount, publishMenu } from './outbound/account-calls.ts'
import { openLink } from './outbound/exchange.ts'
import { sendMessage } from './outbound/send-message.ts'
import type { Settings } from './settings.ts'

/** Holds no state: the access token lives in the credential cell, replays are the inbox's business. */
export function openAccount(settings: Settings, ports: ChannelPorts): ChannelAccount {
  const link = openLink(settings, ports)
  return {
    verify: (request) => verifyPush(request, settings, ports.clock.now()),
    receive: (request) => receivePush(request, settings),
    send: (message) => sendMessage(link, message),
    publishMenu: (menu) => publishMenu(link, menu),
    probe: () => probeAccount(link),
  }
}
