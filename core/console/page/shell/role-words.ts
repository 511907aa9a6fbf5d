import { defineWords } from '../words/define-words.ts'

export const roleWords = defineWords(
  {
    operator: '平台运营',
    bank: '银行',
    'product-owner': '银行产品',
    risk: '银行风控',
    auditor: '审计',
    owner: '租户负责人',
    editor: '内容编辑',
    agent: '客服',
    developer: '开发者',
  },
  {
    operator: 'Platform operator',
    bank: 'Bank',
    'product-owner': 'Bank, products',
    risk: 'Bank, risk',
    auditor: 'Auditor',
    owner: 'Owner',
    editor: 'Editor',
    agent: 'Agent',
    developer: 'Developer',
  },
)
