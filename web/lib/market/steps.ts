import type { MessageKey } from '../i18n/translate.ts';
import type { Words } from '../format/words.ts';

/** The steps of the ledger in their fixed order, each with the subtotal that closes after it. */
export const stepOrder = [
  'gross_sales',
  'shipping_income',
  'discounts',
  'refunds',
  'landed_cost',
  'selling_fees',
  'payment_fees',
  'fulfilment',
  'last_mile',
  'storage',
  'return_handling',
  'store_handling',
  'advertising',
  'promotions',
  'overhead',
  'fx_result'
] as const;
export type Step = (typeof stepOrder)[number];

export const subtotals = ['net_revenue', 'cm1', 'cm2', 'cm3', 'net_profit'] as const;
export type Subtotal = (typeof subtotals)[number];

const closes: Partial<Record<Step, Subtotal>> = {
  refunds: 'net_revenue',
  landed_cost: 'cm1',
  store_handling: 'cm2',
  promotions: 'cm3',
  fx_result: 'net_profit'
};

export function subtotalAfter(step: Step): Subtotal | undefined {
  return closes[step];
}

export function isStep(name: string): name is Step {
  return stepOrder.some((step) => step === name);
}

export function isSubtotal(name: string): name is Subtotal {
  return subtotals.some((subtotal) => subtotal === name);
}

type StepKey = Extract<MessageKey, `step_${string}`>;

const stepKeys: Record<Step | Subtotal | 'unmapped', StepKey> = {
  gross_sales: 'step_gross_sales',
  shipping_income: 'step_shipping_income',
  discounts: 'step_discounts',
  refunds: 'step_refunds',
  net_revenue: 'step_net_revenue',
  landed_cost: 'step_landed_cost',
  cm1: 'step_cm1',
  selling_fees: 'step_selling_fees',
  payment_fees: 'step_payment_fees',
  fulfilment: 'step_fulfilment',
  last_mile: 'step_last_mile',
  storage: 'step_storage',
  return_handling: 'step_return_handling',
  store_handling: 'step_store_handling',
  cm2: 'step_cm2',
  advertising: 'step_advertising',
  promotions: 'step_promotions',
  cm3: 'step_cm3',
  overhead: 'step_overhead',
  fx_result: 'step_fx_result',
  net_profit: 'step_net_profit',
  unmapped: 'step_unmapped'
};

function labelKey(name: string): StepKey | undefined {
  if (isStep(name) || isSubtotal(name) || name === 'unmapped') return stepKeys[name];
  return undefined;
}

export function stepName(name: string, words: Words): string {
  const key = labelKey(name);
  return key === undefined ? name : words.t(key);
}

/** The step's name inside an English sentence: without the capital of a label, initials kept. */
export function stepInSentence(name: string, words: Words): string {
  const label = stepName(name, words);
  const isInitials = /^[A-Z]{2}|^CM/.test(label);
  return isInitials ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
