import { defineContract, need, text, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import { answerSchema } from './answer.ts'

export const configSchema = z.strictObject({
  host: z.string().meta({
    title: 'Your server',
    description: 'Its name, like shop.example.com; https, port 443 or 8443.',
    'x-words': {
      'zh-CN': { title: '您的服务器', description: '主机名，例如 shop.example.com；https，端口 443 或 8443。' },
    },
  }),
  path: z
    .string()
    .regex(/^\/[A-Za-z0-9/_.-]*$/)
    .max(200)
    .default('/')
    .meta({ title: 'Path of the webhook', 'x-words': { 'zh-CN': { title: '回调路径' } } }),
  words: z
    .array(z.string().min(1).max(40))
    .max(50)
    .default([])
    .meta({
      title: 'Words that begin the conversation',
      description: 'Whole messages; case and width do not matter.',
      'x-words': { 'zh-CN': { title: '开始会话的词', description: '整条消息相符；不分大小写和全半角。' } },
    }),
  everything: z
    .boolean()
    .default(false)
    .meta({
      title: 'Everything else too',
      description: 'Forward every message that no plugin before this one understood. Put this plugin last.',
      'x-words': {
        'zh-CN': { title: '接收其他消息', description: '其他插件听不懂的消息也转给您的服务器。请把此插件放在最后。' },
      },
    }),
  payments: z
    .boolean()
    .default(true)
    .meta({
      title: 'Tell what became of payments',
      description: 'Without it your server learns of a payment from your bank alone.',
      'x-words': { 'zh-CN': { title: '告知付款结果', description: '关闭后，您的服务器只能从银行得知付款结果。' } },
    }),
})

const secretPurpose = {
  'zh-CN': '为发往您服务器的消息签名',
  en: 'Signs what is sent to your server',
}

/** A scene whose conversation is held by the merchant's own server. */
export const contract = defineContract({
  id: 'webhook-scene',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '商家服务', en: 'Shop' },
  config: configSchema,
  secrets: { signing: { purpose: secretPurpose, hosts: [{ config: 'host' }] } },
  needs: {
    pay: need(payment, {
      range: '^1',
      purpose: { 'zh-CN': '支付您在商家处购买的商品', en: 'Pay for what you buy from the shop' },
    }),
  },
  collections: {},
  egress: {
    merchant: {
      host: { config: 'host' },
      purpose: {
        'zh-CN': '您对商家说的话、点选的按钮和付款结果会发送到商家的服务器',
        en: 'What you write to the shop, the buttons you tap and how payments ended are sent to the shop’s own server',
      },
      data: ['personal'],
      answer: answerSchema,
      secret: 'signing',
      sign: 'standard-webhooks',
    },
  },
  texts: {
    line: text({ text: 'text' }, { 'zh-CN': '{{text}}', en: '{{text}}' }),
    cardTitle: text({ title: 'text' }, { 'zh-CN': '{{title}}', en: '{{title}}' }),
    option: text({ label: 'text' }, { 'zh-CN': '{{label}}', en: '{{label}}' }),
    paid: text(
      { receipt: 'text' },
      {
        'zh-CN': '已付款，收据号 {{receipt}}。商家收到后会为您处理。',
        en: 'Paid; your receipt is {{receipt}}. The shop will see to it.',
      },
      { keep: ['receipt'] },
    ),
    notPaid: text({}, { 'zh-CN': '没有付款。', en: 'Nothing was paid.' }),
    checking: text(
      {},
      {
        'zh-CN': '银行正在核实这笔付款，请勿重复支付。有结果会告诉您。',
        en: 'The bank is checking this payment; please do not pay again. You will hear how it ends.',
      },
    ),
    broken: text(
      {},
      { 'zh-CN': '商家的回复有误，没有付款。', en: 'The shop’s answer was not right. Nothing was paid.' },
    ),
  },
})
