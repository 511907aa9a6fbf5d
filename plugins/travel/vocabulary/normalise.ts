/** Traditional characters of the words that the reader knows, each with its simplified form. */
const traditional =
  '從後號點張週個買訂預購車東蘭漢廣慶爾濱陽濟島長蘇無錫貴門銀徐絡鄭連瀋錦綿樂廈寧烏魯齊頭時傍晝國鐵動這過還問請謝給幫麼價錢麗間務單來發啟'
const simplified =
  '从后号点张周个买订预购车东兰汉广庆尔滨阳济岛长苏无锡贵门银徐络郑连沈锦绵乐厦宁乌鲁齐头时傍昼国铁动这过还问请谢给帮么价钱丽间务单来发启'

const simplifiedOf = new Map([...traditional].map((sign, index) => [sign, [...simplified][index] ?? sign]))

/**
 * Writes a sentence in one way: half width, lower case, simplified characters, straight apostrophes, single spaces.
 * Words keep their order and nothing is dropped.
 */
export function normalise(words: string): string {
  const plain = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
  return Array.from(plain, (sign) => simplifiedOf.get(sign) ?? sign).join('')
}
