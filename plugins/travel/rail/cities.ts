import type { Name } from './names.ts'

/** Cities that the reader knows and the timetable may name. Without 宿州 and 台州, whose Latin names others bear too. */
export const cities = {
  beijing: { zh: '北京', en: 'Beijing' },
  changchun: { zh: '长春', en: 'Changchun' },
  changsha: { zh: '长沙', en: 'Changsha' },
  chengdu: { zh: '成都', en: 'Chengdu' },
  chongqing: { zh: '重庆', en: 'Chongqing' },
  dalian: { zh: '大连', en: 'Dalian' },
  dongguan: { zh: '东莞', en: 'Dongguan' },
  fuzhou: { zh: '福州', en: 'Fuzhou' },
  guangzhou: { zh: '广州', en: 'Guangzhou' },
  guilin: { zh: '桂林', en: 'Guilin' },
  guiyang: { zh: '贵阳', en: 'Guiyang' },
  haikou: { zh: '海口', en: 'Haikou' },
  hangzhou: { zh: '杭州', en: 'Hangzhou' },
  harbin: { zh: '哈尔滨', en: 'Harbin' },
  hefei: { zh: '合肥', en: 'Hefei' },
  hohhot: { zh: '呼和浩特', en: 'Hohhot' },
  hongkong: { zh: '香港', en: 'Hong Kong' },
  jinan: { zh: '济南', en: 'Jinan' },
  kunming: { zh: '昆明', en: 'Kunming' },
  lanzhou: { zh: '兰州', en: 'Lanzhou' },
  leshan: { zh: '乐山', en: 'Leshan' },
  mianyang: { zh: '绵阳', en: 'Mianyang' },
  nanchang: { zh: '南昌', en: 'Nanchang' },
  nanjing: { zh: '南京', en: 'Nanjing' },
  nanning: { zh: '南宁', en: 'Nanning' },
  ningbo: { zh: '宁波', en: 'Ningbo' },
  qingdao: { zh: '青岛', en: 'Qingdao' },
  sanya: { zh: '三亚', en: 'Sanya' },
  shanghai: { zh: '上海', en: 'Shanghai' },
  shenyang: { zh: '沈阳', en: 'Shenyang' },
  shenzhen: { zh: '深圳', en: 'Shenzhen' },
  shijiazhuang: { zh: '石家庄', en: 'Shijiazhuang' },
  suzhou: { zh: '苏州', en: 'Suzhou' },
  taiyuan: { zh: '太原', en: 'Taiyuan' },
  tianjin: { zh: '天津', en: 'Tianjin' },
  urumqi: { zh: '乌鲁木齐', en: 'Urumqi' },
  wuhan: { zh: '武汉', en: 'Wuhan' },
  wuxi: { zh: '无锡', en: 'Wuxi' },
  xiamen: { zh: '厦门', en: 'Xiamen' },
  xian: { zh: '西安', en: 'Xi’an' },
  xining: { zh: '西宁', en: 'Xining' },
  xuzhou: { zh: '徐州', en: 'Xuzhou' },
  yinchuan: { zh: '银川', en: 'Yinchuan' },
  zhengzhou: { zh: '郑州', en: 'Zhengzhou' },
  zhuhai: { zh: '珠海', en: 'Zhuhai' },
} as const satisfies Record<string, Name>

export type CityId = keyof typeof cities

export const cityIds = Object.keys(cities) as [CityId, ...CityId[]]

/** Names of a city besides its own: spellings, and stations that are not called after a point of the compass. */
export const otherNames: Readonly<Partial<Record<CityId, readonly string[]>>> = {
  beijing: ['北京丰台', '北京朝阳', 'beijing fengtai', 'beijing chaoyang', 'peking'],
  chongqing: ['重庆沙坪坝', 'chongqing shapingba'],
  guangzhou: ['广州白云', 'guangzhou baiyun', 'canton'],
  hongkong: ['香港西九龙', 'hong kong west kowloon', 'hongkong'],
  shanghai: ['上海虹桥', '虹桥', 'shanghai hongqiao', 'hongqiao'],
  shenzhen: ['深圳福田', 'shenzhen futian'],
  wuhan: ['汉口', '武昌', 'hankou', 'wuchang'],
  xian: ['xian', 'xi an'],
}
