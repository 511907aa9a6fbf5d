/** The environment does not let the operator start; `message` is one sentence that names the remedy. */
export class StartError extends Error {
  readonly reason: 'port_used' | 'port_refused' | 'folder' | 'database' | 'page' | 'setting'

  constructor(reason: StartError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}
