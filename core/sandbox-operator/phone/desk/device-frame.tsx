import type { ComponentChildren } from 'preact'
import { renderClock } from '../draw/time.ts'
import type { LivePhone } from '../live/use-phone.ts'

interface DeviceFrameProps {
  readonly live: LivePhone
  readonly label: string
  readonly children: ComponentChildren
}

/** A plain device around a phone, with the line that every phone has at its top. */
export function DeviceFrame({ live, label, children }: DeviceFrameProps) {
  return (
    <section class={`device ${live.view?.on === false ? 'device-off' : ''}`} aria-label={label}>
      <div class="device-status" aria-hidden="true">
        <span>{renderClock('zh', live.now())}</span>
        <span class="device-signs">
          <SignalSign />
          <span class="device-network">{live.view?.fiveG === false ? '4G' : '5G'}</span>
          <BatterySign />
        </span>
      </div>
      <div class="device-screen">{children}</div>
      <div class="device-home" aria-hidden="true" />
    </section>
  )
}

function SignalSign() {
  return (
    <svg width="17" height="11" viewBox="0 0 17 11">
      <rect x="0" y="7" width="3" height="4" rx="0.8" />
      <rect x="4.6" y="4.8" width="3" height="6.2" rx="0.8" />
      <rect x="9.2" y="2.4" width="3" height="8.6" rx="0.8" />
      <rect x="13.8" y="0" width="3" height="11" rx="0.8" />
    </svg>
  )
}

function BatterySign() {
  return (
    <svg width="25" height="12" viewBox="0 0 25 12">
      <rect class="battery-shell" x="0.5" y="0.5" width="21" height="11" rx="3.2" />
      <rect x="2" y="2" width="15" height="8" rx="1.8" />
      <path d="M23 4v4a2.2 2.2 0 0 0 0-4z" />
    </svg>
  )
}
