import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Definition } from '../kit/definition.ts'

const logo = fileURLToPath(new URL('../../tenants/northern-rail/logo.svg', import.meta.url))

/** Gives the sample chatbot the face that the command gives it, and what its page of information may show. */
export function dressBot(definition: Definition): void {
  const bytes = readFileSync(logo).toString('base64')
  for (const bot of definition.bots) {
    bot['logo'] = `data:image/svg+xml;base64,${bytes}`
    bot['description'] = '购票、改签、退票，在消息里完成。'
    bot['provider'] = '北方铁路集团'
    bot['phone'] = '12306'
    bot['address'] = '北京市海淀区复兴路 10 号'
    bot['website'] = 'https://northern-rail.example'
  }
}
