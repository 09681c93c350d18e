import { demand, money } from './parameters.ts';
import { RandomStream } from './random.ts';

export type Niche = 'pet' | 'outdoor' | 'beauty' | 'baby' | 'home';
export type DemandClass = 'smooth' | 'erratic' | 'intermittent' | 'lumpy';

export interface Product {
  readonly index: number;
  readonly sku: string;
  readonly asin: string;
  readonly fnsku: string;
  readonly niche: Niche;
  readonly name: string;
  readonly nameJa: string;
  readonly brand: string;
  readonly hsCode: string;
  readonly dutyRate: number;
  readonly weightG: number;
  readonly sizeMm: readonly [number, number, number];
  readonly unitsPerCarton: number;
  readonly supplier: string;
  readonly moq: number;
  readonly productionDays: number;
  readonly costUsd: number;
  readonly priceUsd: number;
  readonly costCurrency: 'USD' | 'CNY' | 'EUR';
  readonly demandClass: DemandClass;
  readonly serviceClass: 'A' | 'B' | 'C';
  readonly popularity: number;
  readonly trend: number;
  readonly elasticity: number;
  readonly ownShipped: boolean;
  /** Days relative to the first simulated day; -1 = sold before, Infinity = never taken off sale. */
  readonly launch: number;
  readonly end: number;
  /** One product in forty lost the paper of its first purchase: its cost is unknown at first. */
  readonly firstCostKnown: boolean;
}

interface NicheFacts {
  readonly code: string;
  readonly category: string;
  readonly price: readonly [number, number];
  readonly weight: readonly [number, number];
  readonly hs: string;
  readonly duty: number;
  readonly things: readonly [string, ...string[]];
  readonly thingsJa: readonly [string, ...string[]];
}

export const niches: Record<Niche, NicheFacts> = {
  pet: {
    code: 'PT',
    category: 'Pet smart products',
    price: [19, 119],
    weight: [250, 3200],
    hs: '850980',
    duty: 0.042,
    things: [
      'Automatic Feeder',
      'Water Fountain',
      'GPS Collar',
      'Pet Camera',
      'Grooming Vacuum',
      'Laser Toy'
    ],
    thingsJa: [
      '自動給餌器',
      '循環式給水器',
      'GPS首輪',
      'ペットカメラ',
      'グルーミングバキューム',
      'レーザーおもちゃ'
    ]
  },
  outdoor: {
    code: 'OC',
    category: 'Outdoor camping',
    price: [15, 149],
    weight: [200, 6500],
    hs: '630622',
    duty: 0.088,
    things: [
      'Dome Tent',
      'Sleeping Bag',
      'Camping Lantern',
      'Folding Chair',
      'Titanium Mug',
      'Trekking Poles'
    ],
    thingsJa: [
      'ドームテント',
      '寝袋',
      'ランタン',
      '折りたたみ椅子',
      'チタンマグ',
      'トレッキングポール'
    ]
  },
  beauty: {
    code: 'BD',
    category: 'Beauty devices',
    price: [18, 129],
    weight: [120, 900],
    hs: '854370',
    duty: 0.026,
    things: [
      'Facial Steamer',
      'LED Mask',
      'Sonic Cleanser',
      'Hair Styler',
      'Nail Lamp',
      'Micro Massager'
    ],
    thingsJa: [
      'フェイススチーマー',
      'LEDマスク',
      '音波洗顔ブラシ',
      'ヘアスタイラー',
      'ネイルライト',
      '美顔器'
    ]
  },
  baby: {
    code: 'MB',
    category: 'Mother and baby',
    price: [9, 89],
    weight: [100, 2500],
    hs: '392490',
    duty: 0.034,
    things: ['Bottle Warmer', 'Breast Pump', 'Baby Monitor', 'Swaddle Set', 'Bath Seat', 'Teether'],
    thingsJa: [
      'ボトルウォーマー',
      '搾乳器',
      'ベビーモニター',
      'おくるみセット',
      'バスチェア',
      '歯固め'
    ]
  },
  home: {
    code: 'HM',
    category: 'Home',
    price: [8, 79],
    weight: [150, 4200],
    hs: '940510',
    duty: 0.039,
    things: [
      'Desk Lamp',
      'Storage Box',
      'Aroma Diffuser',
      'Knife Set',
      'Shower Head',
      'Wall Shelf'
    ],
    thingsJa: [
      'デスクライト',
      '収納ボックス',
      'アロマディフューザー',
      '包丁セット',
      'シャワーヘッド',
      'ウォールシェルフ'
    ]
  }
};

const nicheOrder: readonly [Niche, ...Niche[]] = ['pet', 'outdoor', 'beauty', 'baby', 'home'];
const brands = ['Ostra', 'Lumaro', 'Tidewell', 'Kestrelin', 'Nordvik Home'] as const;
const styles = ['Mini', 'Pro', 'Plus', 'Travel', 'Family', 'Lite', 'Max', 'Classic'] as const;
const colours = ['Sand', 'Slate', 'Moss', 'Coral', 'Navy', 'White'] as const;

/** The seller's products; product n depends on the seed and n alone. */
export function makeCatalogue(seed: number, skus: number, days: number): Product[] {
  return Array.from({ length: skus }, (_, index) => makeProduct(seed, index, days));
}

function makeProduct(seed: number, index: number, days: number): Product {
  const random = new RandomStream(seed, `sku/${index}`);
  const niche = nicheOrder[index % nicheOrder.length] ?? 'home';
  const facts = niches[niche];
  const number = String(index + 1).padStart(4, '0');
  const price = facts.price[0] * Math.pow(facts.price[1] / facts.price[0], random.next());
  const weightG = Math.round(
    facts.weight[0] * Math.pow(facts.weight[1] / facts.weight[0], random.next())
  );
  const side = Math.cbrt(weightG * 4000);
  const demandClass = pickClass(random.next());
  const popularity =
    Math.exp(demand.popularitySd * random.normal()) * demand.classLevel[demandClass];
  return {
    index,
    sku: `${facts.code}-${number}`,
    asin: `B0${(index * 7919 + 10007).toString(36).toUpperCase().padStart(8, '0')}`,
    fnsku: `X00${(index * 6007 + 20011).toString(36).toUpperCase().padStart(7, '0')}`,
    niche,
    ...names(random, index, facts),
    brand: random.pick(brands),
    hsCode: facts.hs,
    dutyRate: facts.duty,
    weightG,
    sizeMm: [Math.round(side * 1.4), Math.round(side), Math.round(side * 0.7)],
    unitsPerCarton: random.pick([6, 10, 12, 20, 24]),
    supplier: `SUP-${facts.code}-${random.integer(1, 4)}`,
    moq: random.pick([20, 30, 50, 60]),
    productionDays: random.integer(6, 10),
    costUsd: price * random.uniform(money.purchaseShare[0], money.purchaseShare[1]),
    priceUsd: Math.floor(price) + 0.99,
    costCurrency: pickCostCurrency(random.next()),
    demandClass,
    serviceClass: popularity > 1.8 ? 'A' : popularity > 0.5 ? 'B' : 'C',
    popularity,
    trend: demand.trendMean + demand.trendSd * random.normal(),
    elasticity: random.uniform(demand.elasticity[0], demand.elasticity[1]),
    ownShipped: weightG > 2500 && random.chance(0.35),
    ...lifetime(random, days),
    firstCostKnown: !random.chance(0.025)
  };
}

function lifetime(random: RandomStream, days: number): { launch: number; end: number } {
  const launched = random.chance(demand.launchShare);
  const ends = random.chance(demand.discontinueShare);
  const start = random.uniform(0.1, 0.85);
  const stop = random.uniform(0.3, 0.95);
  const launch = launched ? Math.round(start * days) : -1;
  const end = ends ? Math.round(stop * days) : Infinity;
  // A product is kept at least four months.
  return { launch, end: end < launch + 120 ? Infinity : end };
}

function pickClass(u: number): DemandClass {
  const shares = demand.classShare;
  if (u < shares.smooth) return 'smooth';
  if (u < shares.smooth + shares.erratic) return 'erratic';
  return u < 1 - shares.lumpy ? 'intermittent' : 'lumpy';
}

function pickCostCurrency(u: number): 'USD' | 'CNY' | 'EUR' {
  return u < 0.72 ? 'USD' : u < 0.94 ? 'CNY' : 'EUR';
}

/** Names carry what real titles do: commas, inch marks, quotes, a leading '=' and other scripts. */
function names(
  random: RandomStream,
  index: number,
  facts: NicheFacts
): { name: string; nameJa: string } {
  const at = random.integer(0, facts.things.length - 1);
  const style = random.pick(styles);
  const colour = random.pick(colours);
  const thing = facts.things[at] ?? facts.things[0];
  const plain = `${thing} ${style}, ${colour}`;
  const odd = [
    `=${plain}`,
    `"${style}" ${thing}, ${colour}`,
    `${plain}, 24" x 36"`,
    `${plain} 智能款`,
    `${thing} Für Zuhause, ${colour}`
  ];
  const name = index % 9 === 4 ? (odd[Math.floor(index / 9) % odd.length] ?? plain) : plain;
  return { name, nameJa: `${facts.thingsJa[at] ?? facts.thingsJa[0]} ${style}(${colour})` };
}
