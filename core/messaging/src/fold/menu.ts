import type { RenderedSuggestion } from '@inthread/sdk/channel'
import { clip } from '@inthread/sdk/engine'
import { writeToken, type Token } from '../conversation/token.ts'
import { isPluginKilled } from '../halt/subject.ts'
import { pickWording } from '../tenancy/tenancy.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { sayAsPlatform, type TurnDraft } from './draft.ts'
import type { TurnInput } from './turn.ts'

/** A text with the ways in: what the bot's plugins offer, and the platform's own words. */
export function sayMenu(draft: TurnDraft, text: string): void {
  const { input } = draft
  const texts = platformTexts(input.tenancy.locale)
  const own = listMenuIntents(input).map(({ plugin, intent, title }) =>
    suggest(input, title, { kind: 'intent', plugin, intent }),
  )
  const words = (['help', 'human'] as const).map((word) => suggest(input, texts.words[word], { kind: 'word', word }))
  sayAsPlatform(draft, text, [...own.slice(0, 9), ...words])
}

function listMenuIntents(
  input: TurnInput,
): { readonly plugin: string; readonly intent: string; readonly title: string }[] {
  const offered = input.bot.installations.filter(({ plugin }) => !isPluginKilled(input, 'runs', plugin))
  return offered.flatMap(({ plugin }) =>
    plugin.menu.flatMap((name) => {
      const intent = plugin.intents[name]
      return intent
        ? [
            {
              plugin: plugin.contract.declaration.id,
              intent: name,
              title: pickWording(intent.title, input.tenancy.locale),
            },
          ]
        : []
    }),
  )
}

export function suggest(input: TurnInput, label: string, token: Token): RenderedSuggestion {
  const realm = {
    tenantId: input.conversation.tenant_id,
    conversationId: input.conversation.id,
    botId: input.conversation.bot_id,
  }
  return { kind: 'reply', label: clip(label, 25), postback: writeToken(input.keyring, realm, token) }
}
