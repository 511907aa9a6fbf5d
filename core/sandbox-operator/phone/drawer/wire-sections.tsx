import type { WireView } from '../../src/views.ts'
import { useText } from '../desk/preferences.tsx'
import { renderClockSeconds } from '../draw/time.ts'
import { JsonBlock } from './json-block.tsx'

export function States({ states }: Pick<WireView, 'states'>) {
  const t = useText()
  return (
    <section class="hood-section">
      <h3>{t.states}</h3>
      {states.length === 0 && <p class="hood-none">{t.nothing}</p>}
      <ol class="timeline">
        {states.map(({ status, at, errorCode, errorMessage }, place) => (
          <li key={place} class={`timeline-step ${/^(failed|revokeFail|retrying)$/.test(status) ? 'is-bad' : ''}`}>
            <span>{status}</span>
            {errorCode !== undefined && <span class="hood-code">{errorCode}</span>}
            {errorMessage !== undefined && <span class="hood-muted">{errorMessage}</span>}
            <time>{renderClockSeconds(at)}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function Requests({ requests }: Pick<WireView, 'requests'>) {
  const t = useText()
  if (requests.length === 0) return null
  return (
    <section class="hood-section">
      <h3>{t.requests}</h3>
      {requests.map(({ method, path, at, body, response }, place) => (
        <details key={place} class="wire" open={place === requests.length - 1}>
          <summary>
            <span class="wire-method">{method}</span>
            <span class="wire-path">{decodeURIComponent(path)}</span>
            <time>{renderClockSeconds(at)}</time>
          </summary>
          <h4>{t.request}</h4>
          <JsonBlock value={body} />
          <h4>
            {t.response} {response ? response.status : ''}
          </h4>
          {response ? <JsonBlock value={response.body} /> : <p class="hood-none">{t.noResponse}</p>}
        </details>
      ))}
    </section>
  )
}

export function Callbacks({ callbacks }: Pick<WireView, 'callbacks'>) {
  const t = useText()
  const words = { waiting: t.waiting, done: t.progressDone, dropped: t.dropped, failed: t.failed }
  return (
    <section class="hood-section">
      <h3>{t.callbacks}</h3>
      {callbacks.length === 0 && <p class="hood-none">{t.nothing}</p>}
      {callbacks.map(({ path, at, body, progress, attempts }, place) => (
        <details key={place} class="wire">
          <summary>
            <span class={`wire-progress wire-${progress}`}>{words[progress]}</span>
            <span class="wire-path" title={decodeURIComponent(path)}>
              {renderCallbackName(path, body)}
            </span>
            <time>{renderClockSeconds(at)}</time>
          </summary>
          <JsonBlock value={body} />
          <h4>
            {t.attempts} {attempts.length}
          </h4>
          <ul class="attempts">
            {attempts.map((attempt, number) => (
              <li key={number}>
                <time>{renderClockSeconds(attempt.at)}</time>
                <b>{attempt.status ?? '—'}</b>
                <span class="hood-muted">{attempt.problem ?? ''}</span>
                <code>nonce {attempt.nonce}</code>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

/** `deliveryNotification · displayed`: what a callback is about, without the address in the middle. */
function renderCallbackName(path: string, body: unknown): string {
  const [, kind = path] = path.split('/')
  const { deliveryInfoList = [] } = body as { deliveryInfoList?: readonly { status: string }[] }
  return [kind, ...deliveryInfoList.map(({ status }) => status)].join(' · ')
}
