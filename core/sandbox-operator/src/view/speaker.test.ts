import { expect, test } from 'vitest'
import { readSpeaker } from './speaker.ts'

test.each([
  ['【示例银行】确认支付', 'payment', 'bank', '示例银行', '确认支付'],
  ['【示例银行】确认支付', 'premium', 'platform', '示例银行', '确认支付'],
  ['【示例银行】确认支付', '', 'platform', '示例银行', '确认支付'],
  ['确认支付【示例银行】', 'payment', 'merchant', '北方铁路', '确认支付【示例银行】'],
  ['[示例银行] 确认支付', 'payment', 'merchant', '北方铁路', '[示例银行] 确认支付'],
  ['【】确认支付', 'payment', 'merchant', '北方铁路', '【】确认支付'],
  ['确认支付', 'payment', 'merchant', '北方铁路', '确认支付'],
  ['', 'payment', 'merchant', '北方铁路', ''],
])('%s with %s traffic: %s %s', (text, traffic, party, name, rest) => {
  expect(readSpeaker(text, traffic, '北方铁路')).toEqual({ speaker: { party, name }, text: rest })
})
