import type { Language } from './strings.ts'

/** What the address bar asks for: `/?phone=%2B8613800000001&chat=<chatbotId>&lang=en&theme=dark`. */
export interface Address {
  readonly phone: string | undefined
  readonly chat: string | undefined
  readonly language: Language | undefined
  readonly theme: 'light' | 'dark' | undefined
}

export function readAddress(): Address {
  const query = new URLSearchParams(location.search)
  const language = query.get('lang')?.slice(0, 2)
  const theme = query.get('theme')
  return {
    phone: normalisePhone(query.get('phone') ?? ''),
    chat: query.get('chat') ?? undefined,
    language: language === 'zh' || language === 'en' ? language : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
  }
}

/** A plus sign that was not percent-encoded arrives as a space. */
export function normalisePhone(text: string): string | undefined {
  const phone = text.replace(/[\s-]/g, '').replace(/^(?=\d)/, '+')
  return /^\+[1-9]\d{5,14}$/.test(phone) ? phone : undefined
}

/** `+86 138 0000 0001` */
export function renderPhone(phone: string): string {
  const match = /^\+86(\d{3})(\d{4})(\d{4})$/.exec(phone)
  return match ? `+86 ${match[1]} ${match[2]} ${match[3]}` : phone
}
