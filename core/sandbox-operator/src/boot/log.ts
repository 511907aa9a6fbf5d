export type LogStyle = 'pretty' | 'json' | 'off'

/** One line per event. Callers pass ids and counts only: never a number, a name, a text or a code. */
export type Log = (event: string, data?: Readonly<Record<string, string | number | boolean>>) => void

export function createLog(style: LogStyle, write: (line: string) => void, now: () => number): Log {
  if (style === 'off') return () => undefined
  return (event, data = {}) => {
    const at = new Date(now()).toISOString()
    write(style === 'json' ? JSON.stringify({ at, event, ...data }) : renderPretty(at, event, data))
  }
}

function renderPretty(at: string, event: string, data: Readonly<Record<string, string | number | boolean>>): string {
  const details = Object.entries(data).map(([name, value]) => `${name}=${value}`)
  return [at.slice(11, 19), 'operator', event, ...details].join(' ')
}
