/** The files of a new plugin by their paths: a scene that sells one thing, with stories of it that pass. */
export function buildScaffold(id: string, sdk: string): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify(buildPackageFile(id, sdk), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(tsconfig, null, 2)}\n`,
    '.gitignore': 'node_modules\ndist\npublisher-key.json\n',
    'contract.ts': contract(id),
    'order.ts': order,
    'plugin.ts': plugin,
    'stories.ts': stories,
    'plugin.test.ts': test,
    'README.md': readme(id),
  }
}

function buildPackageFile(id: string, sdk: string): object {
  return {
    name: id,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=24' },
    inthread: { plugin: true },
    exports: { '.': './plugin.ts' },
    scripts: {
      test: 'node --test',
      types: 'tsc',
      check: 'inthread plugin check .',
      build: 'inthread plugin build .',
    },
    dependencies: { '@inthread/sdk': sdk },
    devDependencies: { '@types/node': '^24.0.0', typescript: '>=5.9' },
  }
}

const tsconfig = {
  compilerOptions: {
    ...{ target: 'es2024', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true },
    ...{ allowImportingTsExtensions: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, types: ['node'] },
  },
  include: ['*.ts'],
}

const contract = (id: string): string => `import { defineContract, need, text, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'

/** What the plugin is and needs: all that a tenant and the bank see before they say yes. */
export const contract = defineContract({
  id: '${id}',
  publisher: 'you',
  version: '0.1.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '小店', en: 'Shop' },
  config: z.strictObject({
    price: z.string().regex(/^[0-9]{1,4}[.][0-9]{2}$/).default('12.00').meta({ title: 'Price of a cup, in yuan' }),
  }),
  needs: { pay: need(payment, { range: '^1', purpose: { 'zh-CN': '支付您点的茶', en: 'to pay for your tea' } }) },
  texts: {
    which: text({}, { 'zh-CN': '要哪种茶？', en: 'Which tea would you like?' }),
    green: text({}, { 'zh-CN': '绿茶', en: 'Green tea' }),
    black: text({}, { 'zh-CN': '红茶', en: 'Black tea' }),
    paid: text({ price: 'money' }, { 'zh-CN': '已付 {{price}}，请稍等。', en: 'Paid {{price}}. It is on its way.' }),
    notPaid: text({}, { 'zh-CN': '没有付款。', en: 'Nothing was paid.' }),
    checking: text({}, { 'zh-CN': '银行正在核对，请勿重复支付。', en: 'The bank is checking. Please do not pay again.' }),
  },
  collections: {},
})
`

const order = `import { defineFlow, hours, minutes, money, reply, textMessage, z } from '@inthread/sdk'
import { contract } from './contract.ts'

/** Which tea → pay → thanks. Every way it can go is a step, and each leads to the end. */
export const order = defineFlow(contract, {
  id: 'order',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({ tea: z.enum(['green', 'black']), paid: z.boolean() }).partial(),
  start: 'which',
  steps: {
    which: {
      kind: 'ask',
      slot: 'tea',
      prompt: ({ t }) => textMessage(t('which'), [reply(t('green'), 'green'), reply(t('black'), 'black')]),
      timeout: { afterMs: minutes(10), to: 'end' },
      next: 'pay',
    },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: ({ config, state }) => ({ amount: money(config.price, 'CNY'), purpose: \`tea: \${state.tea ?? ''}\` }),
      on: { succeeded: 'thank', declined: 'regret', cancelled: 'regret', expired: 'regret', unknown: 'checking' },
    },
    thank: {
      kind: 'say',
      message: ({ t, config }) => textMessage(t('paid', { price: money(config.price, 'CNY') })),
      next: 'end',
    },
    regret: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'end' },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'settle' },
    settle: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: hours(30),
      on: { happened: { to: 'settled', set: ({ result }) => ({ paid: result === 'succeeded' }) }, limit: 'end' },
    },
    settled: { kind: 'branch', when: [{ is: ({ state }) => state.paid === true, to: 'thank' }], otherwise: 'regret' },
    end: { kind: 'end' },
  },
})
`

const plugin = `import { definePlugin, intent } from '@inthread/sdk'
import { contract } from './contract.ts'
import { order } from './order.ts'

export default definePlugin(contract, {
  flows: [order],
  intents: {
    order: intent({
      flow: order,
      title: { 'zh-CN': '点茶', en: 'Order tea' },
      words: { 'zh-CN': ['来杯茶', '买茶'], en: ['tea', 'order tea'] },
      input: {},
    }),
  },
  menu: ['order'],
})
`

const stories = `import { story } from '@inthread/sdk/testing'
import plugin from './plugin.ts'

const setting = { plugin, locale: 'en' }

/** What users do with it. Each is played in every way a platform may disturb it. */
export const stories = [
  story('tea is chosen, paid and on its way', setting, ({ user, bank, bot, money }) => {
    user.says('order tea')
    bot.asked('Which tea would you like?')
    user.taps('Green tea')
    bank.accepts()
    bot.said('Paid ¥12.00. It is on its way.')
    money.balanced()
  }),
  story('while the bank is checking, nobody is asked to pay again', setting, ({ user, bank, bot }) => {
    user.says('tea')
    user.says('black tea')
    bank.timesOut()
    bot.said('Please do not pay again.')
    bank.settles({ result: 'succeeded', receipt: 'R-1' })
    bot.said('Paid ¥12.00')
  }),
  story('what the bank refuses in the end is not called paid', setting, ({ user, bank, bot }) => {
    user.says('tea')
    user.taps('Black tea')
    bank.timesOut()
    bank.settles({ result: 'declined', reason: 'declined' })
    bot.said('Nothing was paid.')
  }),
]
`

const test = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkStories } from '@inthread/sdk/testing'
import plugin from './plugin.ts'
import { stories } from './stories.ts'

for (const story of stories) {
  test(story.name, async () => assert.deepEqual(await checkStories(plugin, [story]), []))
}
`

const readme = (id: string): string => `# ${id}

A plugin for Inthread. \`contract.ts\` says what it is and needs, \`order.ts\` is its conversation, \`plugin.ts\` puts
them together, and \`stories.ts\` says what users do with it.

\`\`\`sh
npm test                              # plays the stories of stories.ts
npx inthread plugin check .           # all that a plugin has to pass before it is listed
npx inthread plugin draw .            # its flows as Mermaid diagrams
npx inthread plugin keygen publisher-key.json   # once: the key that signs your packages; keep it to yourself
npx inthread plugin build .           # dist: manifest, bundle, signature
\`\`\`
`
