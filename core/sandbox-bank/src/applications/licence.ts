const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Seventeen characters and the one that GB 32100 makes of them: the code of a registered business. */
export function isLicence(text: string): boolean {
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text) && checkCharacterOf(text.slice(0, 17)) === text[17]
}

/** An invented business of the sandbox, by the place of its owner among the customers. */
export function buildLicence(index: number): string {
  const begin = `92110101MA${index.toString().padStart(7, '0')}`
  return `${begin}${checkCharacterOf(begin)}`
}

/** Weights are the powers of three modulo 31. */
function checkCharacterOf(begin: string): string {
  let weight = 1
  let sum = 0
  for (const character of begin) {
    sum += characters.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return characters[(31 - (sum % 31)) % 31] ?? ''
}
