/** A mobile number as people write it, in E.164. undefined for everything else. */
export function readPhone(words: string): string | undefined {
  const said = words.normalize('NFKC').replace(/[\s()-]/gu, '')
  const local = /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(said)?.[1]
  return local === undefined ? undefined : `+86${local}`
}

/** `139****0000`, for the owner of the thread to recognise. */
export function showPhone(phone: string): string {
  const local = phone.replace(/^\+86/, '')
  return `${local.slice(0, 3)}****${local.slice(-4)}`
}
