import { Resource } from '../api/resource.svelte.ts';
import type { Params } from '../api/questions.ts';
import { filters } from '../filters/filters.svelte.ts';
import { amounts, waterfall } from '../market/ledger.ts';
import { isLeaf } from './explain.ts';
import { readScope } from './scope.ts';
import type { LinePlace } from './source-line.ts';

/** What a product states itself, what it is given of the rest, and both together. */
export interface SharedFigure {
  readonly direct: string;
  readonly allocated: string;
  readonly cm3: string;
}

/** The questions behind one explained figure: its steps, their lines, and the line of the file. */
export class WhyData {
  readonly #page: () => Params | undefined;

  /** `page` are the filters of the page the figure stands on. */
  constructor(page: () => Params | undefined) {
    this.#page = page;
  }

  name = $derived(filters.url.why);
  scope = $derived(readScope(filters.url.of));

  params = $derived.by<Params | undefined>(() => {
    const page = this.#page();
    if (!page || this.name === undefined) return undefined;
    const { from, to, basis, market, channel } = page;
    const whole = { from, to, basis, market, channel };
    return this.scope ? { ...whole, ...this.scope } : whole;
  });
  #before = $derived.by<Params | undefined>(() => {
    const before = filters.before;
    return before && this.params ? { ...this.params, ...before } : undefined;
  });
  lineParams = $derived.by(() =>
    this.params && this.name !== undefined && isLeaf(this.name)
      ? { ...this.params, step: this.name, limit: 200 }
      : undefined
  );
  source = $derived.by<LinePlace | undefined>(() => {
    const { file, record, account } = filters.url;
    return file !== undefined && record !== undefined ? { file, record, account } : undefined;
  });
  driverParams = $derived.by(() => {
    const { from, to, basis, market, channel } = this.params ?? {};
    return this.params && (this.name === 'residual' || this.scope?.sku !== undefined)
      ? { from, to, basis, market, channel, driver: filters.url.driver }
      : undefined;
  });

  readonly steps = new Resource('ledger_steps', () => this.params);
  readonly stepsBefore = new Resource('ledger_steps', () => this.#before);
  readonly lines = new Resource('ledger_lines', () => this.lineParams);
  readonly drivers = new Resource('allocation_drivers', () => this.driverParams);

  amounts = $derived(this.steps.rows ? amounts(this.steps.rows) : undefined);
  #past = $derived(
    filters.before && this.stepsBefore.rows ? amounts(this.stepsBefore.rows) : undefined
  );
  rows = $derived(this.amounts ? waterfall(this.amounts, this.#past) : undefined);
}
