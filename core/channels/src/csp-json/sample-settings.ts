import { settings, type Settings } from './settings.ts'

/** For tests: the account that the known answers were computed for. Its names and secrets are invented. */
export const sampleSettings: Settings = settings.parse({
  serverRoot: 'https://maap.example.com',
  chatbotId: 'sip:106900000010001@botplatform.rcs.vnet.cn',
  appId: 'demoAppId01',
  appKey: 'demoAppKey01',
  callbackToken: 'demoCallbackTok1',
})
