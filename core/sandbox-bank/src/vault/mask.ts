/** A name as it may be shown to someone who knows the person: 王芳 → *芳, Li Lei → *i Lei. */
export function maskName(name: string): string {
  return `*${[...name].slice(1).join('')}`
}

/** 13812345678 → 138****5678; a number with a country code is shown without it where that is +86. */
export function maskPhone(phone: string): string {
  const national = phone.replace(/^\+86/, '').replace(/^\+/, '')
  return `${national.slice(0, 3)}****${national.slice(-4)}`
}
