import { ApiError } from '../api/client.ts';
import type { Row } from '../api/questions.ts';
import { addDays } from '../format/dates.ts';
import { amounts, waterfall } from '../market/ledger.ts';
import type { CmBridge } from '../market/bridge.ts';
import type { WeekSeries } from '../overview/weeks.ts';
import type { CardState } from '../ui/card-state.ts';
import { t } from '../i18n/settings.svelte.ts';

/** Figures for the gallery: made up, the same on every visit. */
export const weeks: WeekSeries = {
  isOpen: true,
  points: Array.from({ length: 26 }, (_, index) => ({
    week: addDays('2026-05-25', index * 7),
    value: (9000 + index * 310 + ((index * 7919) % 1700)).toFixed(4),
    before: (8200 + index * 240 + ((index * 104729) % 1500)).toFixed(4)
  }))
};

function steps(scale: number) {
  const shares: [string, number][] = [
    ['gross_sales', 1.24],
    ['shipping_income', 0.02],
    ['discounts', -0.09],
    ['refunds', -0.17],
    ['landed_cost', -0.4],
    ['selling_fees', -0.15],
    ['fulfilment', -0.16],
    ['last_mile', -0.04],
    ['advertising', -0.05 - scale / 40],
    ['overhead', -0.03]
  ];
  return amounts(
    shares.map(([step, share]) => ({
      step,
      currency: 'USD',
      amount: (share * 740_000 * scale).toFixed(4)
    }))
  );
}

export const sampleWaterfall = waterfall(steps(1), steps(1.1));
export const sampleBridge: CmBridge = {
  before: '121400',
  now: '71600',
  effects: [
    { key: 'volume', change: '-9800' },
    { key: 'price', change: '6100' },
    { key: 'mix', change: '-4400' },
    { key: 'cost', change: '-7900' },
    { key: 'fee', change: '-18600' },
    { key: 'advertising', change: '-14200' },
    { key: 'return', change: '-6700' },
    { key: 'fx', change: '5700' }
  ]
};

export const sampleCash: readonly Row<'cash_weeks'>[] = Array.from({ length: 13 }, (_, index) => {
  const amount = (share: number) => ((index + 1) * share).toFixed(4);
  return {
    week: addDays('2026-11-21', index * 7),
    currency: 'USD',
    inflow: amount(0),
    inflow_low: amount(0),
    inflow_high: amount(0),
    outflow: amount(0),
    net: '5400.0000',
    balance: amount(5400),
    balance_low: amount(-900),
    balance_high: amount(11_800)
  };
});

/** The five states of every card, with their names. */
export function states(): readonly { name: string; state: CardState }[] {
  const error = new ApiError('TIMEOUT', t('gallery_error'), { requestId: '7f3a-91c0' });
  return [
    { name: t('gallery_loading'), state: { kind: 'loading' } },
    {
      name: t('gallery_empty'),
      state: {
        kind: 'empty',
        title: t('products_empty'),
        next: t('products_empty_next'),
        href: '/data',
        action: t('action_load')
      }
    },
    { name: t('gallery_partial'), state: { kind: 'partial', note: t('compare_missing') } },
    { name: t('gallery_failed'), state: { kind: 'error', error, retry: () => undefined } },
    { name: t('gallery_ready'), state: { kind: 'ready' } }
  ];
}
