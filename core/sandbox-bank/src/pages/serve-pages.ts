import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bank } from '../app/bank.ts'
import { commitExpiry, findConfirmation } from '../confirmations/confirmations.store.ts'
import { findLink, type Locale } from '../customers/links.store.ts'
import { findDeedRow } from '../deeds/deeds.store.ts'
import { text } from '../quotes/terms.ts'
import { Problem } from '../transport/problem.ts'
import { renderConfirmPage, takeConfirm } from './confirm-page.ts'
import { renderIdentityPage, takeIdentity } from './identity-page.ts'
import { html, renderDocument } from './page-html.ts'
import type { Form, PageView } from './page-view.ts'
import { findOpenPage, type Page } from './pages.store.ts'

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
}

/** The bank's own pages: for customers, unsigned, each behind an address that only its customer was given. */
export function servePages(scope: FastifyInstance, bank: Bank): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  const options = { schema: { hide: true } }
  scope.get('/page/:id', options, async (request, reply) => answer(bank, { request, reply }))
  scope.post('/page/:id', options, async (request, reply) => answer(bank, { request, reply, form: readForm(request) }))
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly form?: Form
}

function answer(bank: Bank, { request, reply, form }: Visit): FastifyReply {
  commitExpiry(bank.db, bank.clock.now())
  const { id = '' } = request.params as { id?: string }
  const page = findOpenPage(bank, id)
  const locale = findLocale(bank, page, (request.query as { lang?: unknown }).lang)
  const { by } = request.query as { by?: unknown }
  const chosen = by === 'pictures' ? { by } : {}
  const view = page ? show(bank, page, { locale, chosen, ...(form ? { form } : {}) }) : over
  const { zh, en } = bank.terms.name
  const document = renderDocument({ locale, bankName: { 'zh-CN': zh, en }, ...view }, view.content)
  if (form) bank.poke()
  return reply
    .code(page ? 200 : 410)
    .headers(headers)
    .type('text/html; charset=utf-8')
    .send(document)
}

const over: PageView = {
  title: text('此页面已失效', 'This page is over'),
  content: html`<p>
    请返回消息，重新打开。<br /><span lang="en">Go back to the conversation and open it again.</span>
  </p>`,
}

interface Show {
  readonly locale: Locale
  /** How the customer wants to answer, before anything is typed. */
  readonly chosen: Form
  readonly form?: Form
}

function show(bank: Bank, page: Page, { form, chosen, locale }: Show): PageView {
  try {
    if (page.kind === 'identity')
      return form ? takeIdentity(bank, page, { form, locale }) : renderIdentityPage(bank, page, { locale })
    return form ? takeConfirm(bank, page, { form, locale }) : renderConfirmPage(bank, page, { form: chosen, locale })
  } catch (error) {
    if (error instanceof Problem) return over
    throw error
  }
}

/** The language of the customer's link, unless another one was asked for. */
function findLocale(bank: Bank, page: Page | undefined, wanted: unknown): Locale {
  if (wanted === 'en' || wanted === 'zh-CN') return wanted
  const { clientId = '', subjectId = '' } = page ?? {}
  const linkId =
    page?.kind === 'identity'
      ? findDeedRow(bank, subjectId)?.linkId
      : findConfirmation(bank.db, clientId, subjectId)?.linkId
  return (linkId === undefined ? undefined : findLink(bank, clientId, linkId)?.locale) ?? 'zh-CN'
}

function readForm({ body }: FastifyRequest): Form {
  return typeof body === 'object' && body !== null ? (body as Form) : {}
}
