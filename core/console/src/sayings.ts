export { wordSaid, zhSentences, type Said, type Worded } from '../page/saying/word-said.ts'
