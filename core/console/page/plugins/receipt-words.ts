import { defineWords } from '../words/define-words.ts'

/** What a receipt names, in the words of the page; the receipt that is downloaded says it in its own. */
export const receiptWords = defineWords(
  {
    secrets: '密钥',
    grants: '授权',
    config: '设置及其历史',
    'own wording': '改写的文案',
    collection: '资料表 {name}',
    'orders, attempts and movements': '订单、提交记录和账务',
    'audit records': '审计记录',
    'conversations and journals': '会话与经过',
    'its documents': '它的资料',
    'the law has payments kept, and they belong to the bank and the tenant': '法律要求保存付款记录，属于银行和租户',
    'who did what has to stay provable; they hold ids and no personal data':
      '谁做了什么必须可查；只含编号，不含个人资料',
    "the tenant's own record, erased by its retention and not with a plugin":
      '租户自己的记录，按保存期限清除，不随插件清除',
    'another bot of the tenant has the plugin': '租户的另一个聊天机器人还在用这个插件',
  },
  {
    secrets: 'Secrets',
    grants: 'Grants',
    config: 'Settings, with their history',
    'own wording': 'Own wording',
    collection: 'Table {name}',
    'orders, attempts and movements': 'Orders, attempts and movements',
    'audit records': 'Audit records',
    'conversations and journals': 'Conversations and journals',
    'its documents': 'Its documents',
    'the law has payments kept, and they belong to the bank and the tenant':
      'The law has payments kept, and they belong to the bank and the tenant',
    'who did what has to stay provable; they hold ids and no personal data':
      'Who did what has to stay provable; they hold ids and no personal data',
    "the tenant's own record, erased by its retention and not with a plugin":
      "The tenant's own record, erased by its retention and not with a plugin",
    'another bot of the tenant has the plugin': 'Another bot of the tenant has the plugin',
  },
)
