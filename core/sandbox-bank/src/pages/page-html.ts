import type { Locale } from '../customers/links.store.ts'
import type { Text } from '../quotes/terms.ts'

/** HTML that is safe as it is. */
export interface Html {
  readonly html: string
}

/** Fills in text, escaped, or HTML as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const filled = values.map((value, index) => `${renderValue(value)}${parts[index + 1] ?? ''}`)
  return { html: `${parts[0] ?? ''}${filled.join('')}` }
}

function renderValue(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escape(value)
  return 'html' in value ? value.html : value.map((one) => one.html).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '')
}

export interface Frame {
  readonly locale: Locale
  readonly bankName: Text
  readonly title: Text
  /** Shown above the content, red. */
  readonly problem?: Text
}

/** A whole page, made for a phone. It runs no script and fetches nothing. */
export function renderDocument({ locale, bankName, title, problem }: Frame, content: Html): string {
  const other = locale === 'en' ? 'zh-CN' : 'en'
  const body = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <title>${title[locale]} · ${bankName[locale]}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <span class="mark" aria-hidden="true"></span>
          <strong>${bankName[locale]}</strong>
          <a href="?lang=${other}" lang="${other}">${other === 'en' ? 'English' : '中文'}</a>
        </header>
        <main>
          <h1>${title[locale]}</h1>
          ${problem ? html`<p class="problem" role="alert">${problem[locale]}</p>` : html``} ${content}
        </main>
      </body>
    </html>`
  return body.html
}

/** Rows of a name and what it is. */
export function renderRows(rows: readonly { readonly name: string; readonly value: string }[]): Html {
  return html`<dl>
    ${rows.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

const style: Html = {
  html: `
:root { color-scheme: light dark; --ink: #16202e; --soft: #5b6675; --line: #dfe4ea; --ground: #f3f5f8; --card: #fff;
  --accent: #0b5cad; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #eef2f6; --soft: #a5b0bd; --line: #2f3945; --ground: #10161d;
  --card: #1a222b; --accent: #6cb1f5; --bad: #ff8a80 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100dvh; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "PingFang SC", "Noto Sans SC", sans-serif }
header { display: flex; align-items: center; gap: 10px; max-width: 430px; margin: 0 auto; padding: 16px 20px }
header a { margin-left: auto; color: var(--soft); font-size: 14px; padding: 8px 0 }
.mark { width: 22px; height: 22px; border-radius: 6px; background: var(--accent) }
main { max-width: 430px; margin: 0 auto; padding: 4px 20px 40px }
h1 { font-size: 24px; line-height: 1.25; margin: 8px 0 16px }
h1::first-letter { text-transform: uppercase }
p { margin: 0 0 16px } .soft, label small { color: var(--soft) }
dl { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 4px 16px; margin: 0 0 20px }
dl div { display: flex; gap: 16px; justify-content: space-between; padding: 12px 0 }
dl div + div { border-top: 1px solid var(--line) }
dt { color: var(--soft); flex: none } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums }
.amount { font-size: 34px; font-weight: 600; letter-spacing: -.5px; margin: 0 0 14px;
  font-variant-numeric: tabular-nums }
label { display: block; margin: 0 0 16px; font-size: 15px }
input, select { display: block; width: 100%; margin-top: 6px; padding: 13px 14px; font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: 12px }
input:focus, select:focus, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
input.digits { letter-spacing: 10px; text-align: center; font-size: 22px }
button { display: block; width: 100%; min-height: 50px; margin: 8px 0 0; font: inherit; font-weight: 600; border: 0;
  border-radius: 12px; background: var(--accent); color: var(--card) }
button.quiet, a.quiet { background: none; color: var(--soft); font-weight: 400 }
a.quiet { display: block; text-align: center; padding: 14px; font-size: 15px }
.dots { float: right; letter-spacing: 2px; color: var(--accent) }
.pictures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px }
.pictures button { margin: 0; min-height: 68px; font-size: 28px; background: var(--card); color: var(--ink);
  border: 1px solid var(--line) }
.problem { background: color-mix(in srgb, var(--bad) 12%, transparent); color: var(--bad); border-radius: 12px;
  padding: 12px 14px }
`,
}
