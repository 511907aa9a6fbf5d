import { defineContract, defineFlow, definePlugin, reaction, text, textMessage, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'

const contract = defineContract({
  id: 'thanks',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '致谢', en: 'Thanks' },
  config: z.strictObject({}),
  needs: {},
  listens: { sold: { plugin: 'errands', event: 'sold', data: z.strictObject({ article: z.string() }) } },
  texts: {
    thanks: text({ article: 'text' }, { 'zh-CN': '谢谢惠顾：{{article}}', en: 'Thank you for {{article}}' }),
  },
  collections: {},
})

const thank = defineFlow(contract, {
  id: 'thank',
  revision: 1,
  input: z.strictObject({ article: z.string() }),
  state: z.strictObject({}),
  start: 'say',
  steps: {
    say: {
      kind: 'say',
      message: ({ t, input }) => textMessage(t('thanks', { article: input.article })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

/** Says thank you when another plugin has sold something. */
export const thanks: Plugin = definePlugin(contract, {
  flows: [thank],
  reactions: { sold: reaction({ flow: thank, input: ({ article }) => ({ article }) }) },
})
