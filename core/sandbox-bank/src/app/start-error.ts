/** Why the bank cannot start, in one sentence that names the remedy. The process ends with exit code 3. */
export class StartError extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'StartError'
  }
}

export function codeOfError(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
}

export function buildListenError(error: unknown, place: { host: string; port: number }): StartError {
  const code = codeOfError(error)
  if (code === 'EADDRINUSE') {
    const remedy = 'stop that program, or set INTHREAD_BANK_PORT to a free port'
    return new StartError(`Port ${place.port} on ${place.host} is already in use: ${remedy}.`, error)
  }
  if (code === 'EACCES') {
    const remedy = 'set INTHREAD_BANK_PORT to a number above 1023'
    return new StartError(`Port ${place.port} may not be opened by this user: ${remedy}.`, error)
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`${place.host} is not an address of this machine: correct INTHREAD_HOST.`, error)
  }
  return new StartError(`The bank cannot listen on ${place.host}:${place.port} (${code}): check INTHREAD_HOST.`, error)
}

export function buildFolderError(error: unknown, folder: string): StartError {
  const remedy = 'make it writable, or set INTHREAD_HOME to a folder that is'
  return new StartError(`The bank cannot write its folder ${folder} (${codeOfError(error)}): ${remedy}.`, error)
}
