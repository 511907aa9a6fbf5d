import { describe, expect, it } from 'vitest'
import { findPlatformWord, isGreeting, isPlatformWord } from './platform-words.ts'

describe('findPlatformWord', () => {
  it.each([
    ['help', 'help'],
    ['HELP!', 'help'],
    ['ｈｅｌｐ', 'help'],
    ['帮助', 'help'],
    [' 菜单。', 'menu'],
    ['Never mind', 'cancel'],
    ['取消', 'cancel'],
    ['转人工！', 'human'],
    ['Talk to a human?', 'human'],
    ['TD', 'stop'],
    ['退订', 'stop'],
    ['改', 'correct'],
    ['Go back.', 'correct'],
    ['重新开始！', 'again'],
    ['start over', 'again'],
    ['回到机器人', 'bot'],
  ])('takes "%s" for %s', (text, word) => {
    expect(findPlatformWord(text)).toBe(word)
  })

  it.each([
    '',
    '?',
    'please help me buy a ticket',
    '取消订单',
    '改签',
    'back to Beijing',
    '我要人工智能课程',
    'stopover',
    'constructor',
    '__proto__',
  ])('leaves "%s" to others', (text) => {
    expect(findPlatformWord(text)).toBeUndefined()
  })
})

describe('isGreeting', () => {
  it.each(['你好', '您好！', ' Hello. ', 'ＨＩ', 'Good morning!', '在吗？', '早'])('knows "%s"', (text) => {
    expect(isGreeting(text)).toBe(true)
    expect(findPlatformWord(text)).toBeUndefined()
  })

  it.each(['', '?', '你好，转账', 'hello kitty', 'history', '早餐', '帮助'])('leaves "%s" to others', (text) => {
    expect(isGreeting(text)).toBe(false)
  })
})

describe('isPlatformWord', () => {
  it('knows the eight words and nothing that every object has', () => {
    const candidates = [
      'help',
      'menu',
      'cancel',
      'human',
      'stop',
      'correct',
      'again',
      'bot',
      'Help',
      '帮助',
      'constructor',
      'toString',
      '__proto__',
    ]
    expect(candidates.filter(isPlatformWord)).toEqual([
      'help',
      'menu',
      'cancel',
      'human',
      'stop',
      'correct',
      'again',
      'bot',
    ])
  })
})
