const words: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  R1: { zh: '低风险', en: 'low risk' },
  R2: { zh: '中低风险', en: 'medium to low risk' },
  R3: { zh: '中风险', en: 'medium risk' },
  R4: { zh: '中高风险', en: 'medium to high risk' },
  R5: { zh: '高风险', en: 'high risk' },
}

/** `R2 中低风险`: the class as banks write it and what it means; a class that is not known stays as it is. */
export function writeRisk(risk: string, locale: string): string {
  const meaning = words[risk]?.[locale.startsWith('zh') ? 'zh' : 'en']
  return meaning === undefined ? risk : `${risk} ${meaning}`
}
