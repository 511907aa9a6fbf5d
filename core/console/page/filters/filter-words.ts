import { defineWords } from '../words/define-words.ts'

export const filterWords = defineWords(
  {
    clear: '清除筛选',
    from: '开始日期',
    until: '结束日期',
    state: '状态',
  },
  {
    clear: 'Clear filters',
    from: 'From',
    until: 'Until',
    state: 'State',
  },
)
