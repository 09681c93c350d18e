/**
 * Every number that shapes the sample seller, each with its reason. Models are judged against this
 * world, so noise, service and lead times are fixed here and are not tuned to a model.
 */
export const defaults = {
  seed: 1,
  skus: 300,
  days: 1095, // 36 months: three yearly seasons, enough to learn one and to test another
  lastDay: '2026-10-31', // a fixed end keeps every run the same; no clock is read
  orderLines: 150000 // what the rates below give at 300 SKUs and 1095 days
} as const;

export const demand = {
  /** Order lines a day of a middling SKU on amazon.com. */
  baseLines: 0.096,
  /** Popularity spread: sd of log 1.15 gives the usual 20 % of SKUs with about 65 % of sales. */
  popularitySd: 1.15,
  /** Yearly growth of a SKU: mean 4 %, sd 18 %: some niches double in three years, some fade. */
  trendMean: 0.04,
  trendSd: 0.18,
  /** Slow unseen level moves: every 28 days, autocorrelation 0.8, stationary sd 0.2 of log. */
  levelBlockDays: 28,
  levelCorrelation: 0.8,
  levelSd: 0.2,
  /** Negative-binomial shape of daily lines by class: smooth items are near Poisson. */
  shape: { smooth: 30, erratic: 3, intermittent: 5, lumpy: 0.6 },
  /** Share of SKUs by class; slow and lumpy items are the long tail every seller has. */
  classShare: { smooth: 0.42, erratic: 0.16, intermittent: 0.26, lumpy: 0.16 },
  /** Level of each class against a smooth item. */
  classLevel: { smooth: 1.25, erratic: 1, intermittent: 0.3, lumpy: 0.3 },
  /** Chance that a line holds two or three units; lumpy items are bought by the box now and then. */
  twoUnits: 0.12,
  threeUnits: 0.03,
  lumpyBulk: 0.25,
  /** Price elasticity by niche lies between these; promotions also gain visibility. */
  elasticity: [1.2, 2.4] as const,
  promotionLift: 1.15,
  promotionsPerYear: 4,
  promotionDepths: [0.1, 0.15, 0.2, 0.25] as const,
  /** A launch reaches its level in about ten weeks. */
  rampDays: 70,
  launchShare: 0.2,
  discontinueShare: 0.12
} as const;

export const supply = {
  /** Planned cycle service by class: 95 % for sellers' main items, less where a miss costs little. */
  plannedService: { A: 0.95, B: 0.92, C: 0.9 },
  /** Normal quantiles of the three services above. */
  safetyFactor: { A: 1.645, B: 1.405, C: 1.282 },
  /** Least safety stock where customers buy in bulk: boxes for wholesale, units for lumpy items. */
  boxesKept: 3,
  bulkKept: 6,
  /** The planner's forecast is off by this much (sd of log), drawn anew each quarter. */
  forecastError: 0.15,
  reviewDays: 7,
  /** Weeks of demand bought at once; sea containers are filled, air boxes are not. */
  coverDays: { ocean: 42, rail: 35, truck: 28, air: 21, express: 14, transfer: 14 },
  /**
   * Lead time = lognormal base, CV 0.22, plus a customs hold. With the hold the total CV lies in
   * 0.2 to 0.4, as seen on China to United States and Europe lanes.
   */
  leadVariation: 0.22,
  holdChance: 0.1,
  holdShare: 0.45,
  holdVariation: 0.5,
  /** One purchase order in eight arrives in two parts; one in fifty stays short. */
  partialChance: 0.125,
  shortChance: 0.02,
  transferDays: [2, 4] as const,
  /** Yearly rise of purchase prices and their scatter from one order to the next. */
  costRise: 0.02,
  costScatter: 0.03
} as const;

export const orders = {
  /** Shares of customer order lines by fate, from what sellers report for general merchandise. */
  cancelled: 0.022,
  pendingDays: 0.06,
  replacement: 0.006,
  secondRow: 0.003,
  splitShipment: 0.04,
  joinBasket: 0.07,
  amazonPromotion: 0.35,
  shippingCharged: 0.06,
  giftWrapped: 0.01,
  returned: { pet: 0.05, outdoor: 0.06, beauty: 0.08, baby: 0.06, home: 0.05 },
  /** Half of all returns come within 12 days, a few after months (extended holiday windows). */
  returnDelayDays: 12,
  returnDelayLong: 0.06,
  sellableAgain: 0.55,
  reimbursement: 0.0015,
  webDiscount: 0.14,
  webCancelled: 0.015,
  webRefunded: 0.06,
  webJoin: 0.3,
  mcfShare: 0.2,
  pickUpShare: 0.08,
  connectorShare: 0.004,
  storeJoin: 0.35,
  storeDiscount: 0.12,
  storeReturn: 0.03,
  storeVoid: 0.004,
  wholesaleReturned: 0.02,
  wholesaleCancelled: 0.02
} as const;

export const money = {
  /**
   * Purchase price as a share of the shelf price: after freight, duty, fees and ads this leaves a
   * sixth of revenue on the median SKU of amazon.com and a loss on one in five: without losers a choice
   * of products would have nothing to choose.
   */
  purchaseShare: [0.24, 0.5] as const
} as const;

export const fees = {
  /** Advertising paid from the balance, as a share of the period's sales. */
  advertising: 0.11,
  couponEveryDays: 9,
  /** Amazon keeps this share of a period's proceeds back until the next settlement. */
  reserve: 0.08,
  refundAdministration: 0.2,
  /** Storage per unit and month in US dollars, about 0.05 cubic foot. */
  storage: 0.035,
  peakStorage: 0.09,
  inboundPerUnit: 0.3,
  returnProcessing: 1.8,
  removal: 0.6
} as const;

export const ebay = {
  join: 0.12,
  shippingCharged: 0.3,
  /** Final value fee on what the buyer pays, tax included, and a fixed part an order. */
  finalValue: { US: 0.1325, GB: 0.128, DE: 0.11 },
  fixedFee: 0.4,
  /** Regulatory operating fee in Europe; international fee where the buyer lives abroad. */
  regulatory: 0.0035,
  international: 0.0165,
  abroad: 0.08,
  refunded: 0.05,
  /** Orders that go out with a label bought on eBay. */
  labelled: 0.45,
  labelUsd: 5.4,
  /** Promoted listings cost this share of the week's sales. */
  promoted: 0.045,
  storeUsd: 27.95,
  /** Weeks in which eBay holds some money back for some days. */
  held: 0.12
} as const;

export const tiktok = {
  join: 0.18,
  shippingCharged: 0.35,
  cancelled: 0.03,
  refunded: 0.07,
  /** Commission with the referral fee, payment processing, creators' share where a creator sold. */
  commission: { US: 0.06, GB: 0.09, SG: 0.07 },
  transaction: 0.02,
  affiliateShare: 0.45,
  affiliate: 0.12,
  refundAdministration: 0.2,
  labelUsd: 4.2,
  /** Advertising paid from the balance, as a share of the week's sales. */
  advertising: 0.07,
  reimbursed: 0.04
} as const;

export const amazonAds = {
  /** Reports go back half a year; only products above this popularity are advertised. */
  days: 183,
  leastPopularity: 1.2,
  clickUsd: 0.7,
  conversion: 0.11
} as const;

export const webAds = {
  /** US dollars a day and campaign of the larger shop: together about a tenth of its sales. */
  searchUsd: 9,
  shoppingUsd: 24,
  prospectingUsd: 18,
  retargetingUsd: 7
} as const;

export const parcels = {
  /** A ground parcel: a base and dollars a kilogram, fuel on top, homes cost extra. */
  baseUsd: 6.2,
  perKgUsd: 0.85,
  fuel: 0.14,
  residential: 0.55,
  residentialUsd: 3.1,
  /** Charged again later: a wrong address, a wrong weight. */
  corrected: 0.02,
  returned: 0.015,
  /** Parcels whose label carries no order. */
  noReference: 0.04
} as const;

export const cardPayments = {
  /** Online card rate of the shop system. */
  rate: 0.029,
  fixed: 0.3
} as const;

export const payouts = {
  /** Banks take 0.4 to 1.2 % of the mid rate from sellers of this size; some payments cost a fee as well. */
  spread: [0.004, 0.012] as const,
  bankFees: [0, 0, 0, 2.5, 6] as const,
  daysToBank: 3
} as const;

export const overhead = {
  /** US dollars a month of a store of size 1: small counters, about a third of what they earn. */
  storeRent: 480,
  storeStaff: 560,
  /** The office in Shenzhen: a handful of people. */
  officeCny: 68000,
  softwareUsd: 380,
  /** A year of tools, a quarter of the German tax agent, one store's new shelves; shared by days in cents. */
  yearlyUsd: 4800,
  taxAgentEur: 640,
  fitOutEur: 5200
} as const;

export const promotion = {
  /** Creators post for the larger shop about three times a month. */
  creatorsAday: 0.1,
  creatorUsd: 140,
  /** A weekly live show rents a room and pays a host. */
  liveRoomUsd: 35,
  hostUsd: 30
} as const;

export const handOuts = {
  /** Of fully refunded web orders, this share is brought to a store. */
  broughtBack: 0.45
} as const;

/** Reasons as returns reports name them, with their shares. */
export const returnReasons = [
  ['CUSTOMER_UNWANTED', 0.34],
  ['DEFECTIVE', 0.2],
  ['NOT_AS_DESCRIBED', 0.16],
  ['ORDERED_WRONG_ITEM', 0.14],
  ['DAMAGED_BY_CARRIER', 0.09],
  ['MISSED_ESTIMATED_DELIVERY', 0.07]
] as const;
