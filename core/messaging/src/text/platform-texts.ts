import type { OrderStanding } from '../ports.ts'

/** What the platform says in its own words, signed with its own name. */
export interface PlatformTexts {
  readonly name: string
  /** What stands between two sentences. */
  readonly gap: string
  readonly oneMoment: string
  /** The same was wished before and is being carried out. */
  readonly underWay: string
  readonly sorry: string
  /** The server of a merchant that holds its conversation itself did not answer, too late, or not as agreed. */
  readonly sceneSilent: string
  /** A plugin rests after it failed again and again. */
  readonly resting: string
  readonly greeting: string
  readonly menu: string
  readonly help: string
  /** Noted for a person, while the bot goes on. */
  readonly human: string
  /** A person is asked to come, and reads what is written from now on. */
  readonly humanComing: string
  readonly humanThere: string
  readonly humanLate: string
  /** In answer to what only the bot could do. */
  readonly withHuman: string
  readonly backToBot: string
  /** How an agent's messages are signed. */
  readonly agent: string
  readonly stopped: string
  readonly cancelled: string
  readonly nothingToCancel: string
  readonly nothingOpen: string
  readonly firstQuestion: string
  /** Before a question that had to wait is asked again. */
  readonly goOn: string
  readonly sayable: (labels: readonly string[]) => string
  readonly cannotCancel: string
  readonly notUnderstood: string
  readonly notRead: string
  /** The same where the question has no buttons. */
  readonly notReadBare: string
  readonly usedButton: string
  readonly unsupported: string
  /** The only answers that there are, by the names of their buttons. */
  readonly confirmOrCancel: (labels: readonly string[]) => string
  readonly codeNotNeeded: string
  readonly codeShape: (digits: number) => string
  readonly standing: Readonly<Record<OrderStanding['state'], (standing: OrderStanding) => string>>
  /** A call that the grants do not allow, one that they do not allow any more for now, and one that people stopped. */
  readonly refused: Readonly<Record<'declined' | 'try_later' | 'stopped', string>>
  /** An open question that waits until people let it go on. */
  readonly paused: string
  /** A service that nobody can begin at present. */
  readonly serviceOff: string
  /** A service that the platform has ended on the way. */
  readonly serviceEnded: string
  /** What was paid for and not handed over when its scene ended. */
  readonly paidNotDone: string
  readonly words: Readonly<Record<'menu' | 'help' | 'human' | 'bot', string>>
}

const chinese: PlatformTexts = {
  name: '消息平台',
  gap: '',
  oneMoment: '请稍等，正在处理。',
  underWay: '您刚才的请求正在办理，不必重复发送，有结果会立即通知您。',
  sorry: '抱歉，刚才出了点问题，您的请求没有执行。已通知工作人员，请稍后再试。',
  sceneSilent: '商家的系统暂时没有回应。您可以稍后再联系商家。',
  resting: '抱歉，这项服务暂时不可用。您的请求已转给工作人员，请稍后再试。',
  greeting: '您好！',
  menu: '您可以直接说需求，或选择：',
  help: '直接输入您要办的事即可，也可以点选按钮。随时可说：菜单、修改、重来、取消、人工、退订。',
  human: '已记下您的请求，工作人员会看到并回复您。现在没有真人在线，回复可能需要一些时间。',
  humanComing: '正在为您转接工作人员。您接下来发的消息会给工作人员看；说“机器人”可回到自动办理。',
  humanThere: '工作人员已接入。',
  humanLate: '很抱歉，目前没有工作人员能接待您。您的请求已记下，工作人员看到后会在这里回复。现在由机器人继续为您服务。',
  withHuman: '您正在与工作人员对话。说“机器人”可回到自动办理。',
  backToBot: '已回到自动办理。',
  agent: '人工客服',
  stopped: '已停止向您发送通知类消息。您主动发起的办理不受影响。',
  cancelled: '已取消。',
  nothingToCancel: '目前没有可以取消的事项。',
  nothingOpen: '目前没有正在办理的事项。您可以选择：',
  firstQuestion: '这已经是第一个问题。',
  goOn: '我们继续：',
  sayable: (labels) => `现在可以说：${labels.join('、')}。`,
  cannotCancel: '银行正在处理，现在不能取消。有结果会立即通知您，请勿重复支付或办理。',
  notUnderstood: '没有看懂您的意思。您可以选择：',
  notRead: '没有看懂，请再说一次，或点选按钮。',
  notReadBare: '没有看懂，请再说一次。',
  usedButton: '这个按钮已经用过或已过期。',
  unsupported: '暂时只能识别文字和按钮。',
  confirmOrCancel: (labels) => `请点${labels.map((label) => `“${label}”`).join('或')}。`,
  codeNotNeeded: '现在不需要验证码。为了您的安全，刚才的数字已销毁，没有保存。',
  codeShape: (digits) => `请输入 ${digits} 位数字验证码。`,
  standing: {
    open: ({ number, pays = true }) => (pays ? `订单 ${number} 尚未支付。` : `单号 ${number} 还没有办理。`),
    checking: ({ number, pays = true }) =>
      pays ? `订单 ${number} 银行正在核对，请勿重复支付。` : `单号 ${number} 银行正在核对，请勿重复办理。`,
    succeeded: ({ number, pays = true }) =>
      pays ? `订单 ${number} 已支付成功，不会重复扣款。` : `单号 ${number} 已办理成功，不会重复办理。`,
    failed: ({ number, pays = true }) =>
      pays ? `订单 ${number} 没有支付成功，没有扣款。` : `单号 ${number} 没有办成。`,
    cancelled: ({ number, pays = true }) => (pays ? `订单 ${number} 已取消，没有扣款。` : `单号 ${number} 已取消。`),
    expired: ({ number, pays = true }) => (pays ? `订单 ${number} 已过期，没有扣款。` : `单号 ${number} 已过期。`),
  },
  refused: {
    declined: '这项业务不能在这里办理，没有扣款。',
    try_later: '这项业务今天的额度或次数已用完，没有扣款，请稍后再试。',
    stopped: '这项业务暂停办理，没有扣款，请稍后再试。',
  },
  paused: '这项服务正在临时维护，您的办理已保留，恢复后可以继续。如不想等待，可回复“取消”。',
  serviceOff: '这项服务暂时不可用，请稍后再试。',
  serviceEnded: '抱歉，这项服务暂时无法继续，您刚才办理的事项已结束。如需帮助，可回复“人工”。',
  paidNotDone: '您付款的事项还没有办完，工作人员会看到并跟进处理，请勿重复支付。',
  words: { menu: '菜单', help: '帮助', human: '人工', bot: '回到机器人' },
}

const english: PlatformTexts = {
  name: 'Messaging platform',
  gap: ' ',
  oneMoment: 'One moment, we are working on it.',
  underWay: 'We are working on what you asked for just now. No need to ask again: you will hear here.',
  sorry: 'Sorry, something went wrong and your request was not carried out. Our staff know of it. Please try later.',
  sceneSilent: 'The shop’s system does not answer at present. You can ask the shop again later.',
  resting: 'Sorry, this service is not available for now. Our staff have your request. Please try later.',
  greeting: 'Hello!',
  menu: 'Just say what you need, or choose:',
  help: 'Type what you would like to do, or tap a button. At any time: menu, back, start over, cancel, human, stop.',
  human: 'Noted: a colleague will read this and answer. Nobody is online right now, so it may take a while.',
  humanComing: 'A colleague is being called and will read what you write from now on. Say "bot" to go on without one.',
  humanThere: 'A colleague is here now.',
  humanLate:
    'Sorry, nobody is free at the moment. Your request is kept and will be answered here. The bot goes on meanwhile.',
  withHuman: 'You are talking to a colleague. Say "bot" to go on without one.',
  backToBot: 'You are back with the bot.',
  agent: 'Agent',
  stopped: 'You will get no more announcements. What you ask for yourself goes on as usual.',
  cancelled: 'Cancelled.',
  nothingToCancel: 'There is nothing to cancel at the moment.',
  nothingOpen: 'Nothing is under way at the moment. You can choose:',
  firstQuestion: 'This is the first question already.',
  goOn: 'Let us go on:',
  sayable: (labels) => `Now you can say: ${labels.join(', ')}.`,
  cannotCancel:
    'The bank is working on it, so it cannot be cancelled. You will hear here; please do not pay or ask again.',
  notUnderstood: 'I did not understand that. You can choose:',
  notRead: 'I could not read that. Please say it again, or tap a button.',
  notReadBare: 'I could not read that. Please say it again.',
  usedButton: 'This button has been used or has expired.',
  unsupported: 'For now only text and buttons can be read here.',
  confirmOrCancel: (labels) => `Please tap ${labels.map((label) => `"${label}"`).join(' or ')}.`,
  codeNotNeeded: 'No code is needed right now. For your safety the digits were destroyed and not kept.',
  codeShape: (digits) => `Please type the code: ${digits} digits.`,
  standing: {
    open: ({ number, pays = true }) =>
      pays ? `Order ${number} has not been paid.` : `Order ${number} is not done yet.`,
    checking: ({ number, pays = true }) =>
      `The bank is still checking order ${number}. Please do not ${pays ? 'pay' : 'ask for it'} again.`,
    succeeded: ({ number, pays = true }) =>
      pays
        ? `Order ${number} is paid. You will not be charged twice.`
        : `Order ${number} is done, and will not be done again.`,
    failed: ({ number, pays = true }) =>
      pays ? `Order ${number} was not paid. No money was taken.` : `Order ${number} could not be done.`,
    cancelled: ({ number, pays = true }) => `Order ${number} was cancelled.${pays ? ' No money was taken.' : ''}`,
    expired: ({ number, pays = true }) => `Order ${number} has expired.${pays ? ' No money was taken.' : ''}`,
  },
  refused: {
    declined: 'This cannot be done here. No money was taken.',
    try_later: 'What is allowed here for now has been used up. No money was taken. Please try again later.',
    stopped: 'This is stopped for the moment. No money was taken. Please try later.',
  },
  paused: 'This service is paused for a moment. What you began is kept. If you would rather not wait, say "cancel".',
  serviceOff: 'This service is not available right now. Please try later.',
  serviceEnded: 'Sorry, this service cannot go on, so what you began has been ended. Say "human" if you need help.',
  paidNotDone:
    'What you have paid for is not done yet. Our staff will see it and look after it. Please do not pay again.',
  words: { menu: 'Menu', help: 'Help', human: 'Human', bot: 'Back to the bot' },
}

export function platformTexts(locale: string): PlatformTexts {
  return locale.startsWith('zh') ? chinese : english
}
