import { normalize } from './clean.ts'

/** Words that belong to the platform in every locale. They are read before any plugin is asked. */
export type PlatformWord = 'help' | 'menu' | 'cancel' | 'correct' | 'again' | 'human' | 'bot' | 'stop'

const expressions: Readonly<Record<PlatformWord, readonly string[]>> = {
  help: ['help', 'help me', 'how does this work', '帮助', '怎么用', '使用帮助', '求助'],
  menu: ['menu', 'main menu', 'start', '菜单', '主菜单', '目录', '功能', '开始'],
  cancel: ['cancel', 'never mind', 'nevermind', 'forget it', '取消', '算了', '不要了', '不买了', '退出'],
  correct: ['correct', 'correction', 'back', 'go back', 'one step back', '改', '修改', '更正', '上一步', '返回上一步'],
  again: ['start over', 'start again', 'restart', 'from the beginning', '重来', '重新来', '重新开始', '从头开始'],
  human: [
    'human',
    'agent',
    'talk to a human',
    'speak to a person',
    'customer service',
    '人工',
    '人工服务',
    '转人工',
    '客服',
    '人工客服',
    '真人',
  ],
  bot: ['bot', 'back to the bot', 'back to bot', '机器人', '回到机器人', '返回机器人', '结束人工', '退出人工'],
  stop: ['stop', 'unsubscribe', 'opt out', '退订', 'td', '停止', '拒收'],
}

const known: ReadonlyMap<string, PlatformWord> = new Map(
  Object.entries(expressions).flatMap(([word, list]) =>
    list.map((text) => [normalize(text), word as PlatformWord] as const),
  ),
)

const greetings: ReadonlySet<string> = new Set(
  [
    ...['hello', 'hello there', 'hi', 'hi there', 'hey', 'good morning', 'good afternoon', 'good evening'],
    ...['你好', '您好', '你好啊', '您好啊', '你好呀', '哈喽', '哈啰', '嗨', '在吗', '您在吗', '有人吗'],
    ...['早', '早上好', '上午好', '中午好', '下午好', '晚上好'],
  ].map(normalize),
)

/** The whole message has to be the word: a sentence that merely contains one is for somebody else. */
export function findPlatformWord(text: string): PlatformWord | undefined {
  return known.get(normalize(text))
}

/** Nothing but a greeting. It is read after everything else, so that a plugin may greet in words of its own. */
export function isGreeting(text: string): boolean {
  return greetings.has(normalize(text))
}

export function isPlatformWord(word: string): word is PlatformWord {
  return Object.hasOwn(expressions, word)
}
