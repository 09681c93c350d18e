import { UsageError } from '../warehouse/errors.ts';
import type { Format } from './format-spec.ts';
import type { Condition, Field, FieldValue, MappingSpec, When } from './mapping-spec.ts';
import { identifier, literal } from './sql-text.ts';

/** What a canonical column holds when a mapping does not say. */
const defaults: Record<string, string> = {
  channel: `getvariable('channel')`,
  market: `getvariable('market')`,
  currency: `getvariable('currency')`,
  mode: `'b2c'`,
  status: `'completed'`,
  step: `'gross_sales'`,
  kind: `'sale'`,
  tax_included: `getvariable('tax_inclusive')`,
  is_mcf: 'false',
  is_replacement: 'false',
  is_cancelled: 'false',
  price_pending: 'false',
  unmapped: 'false',
  counts_order: 'true',
  counts_units: 'true',
  discount: '0::decimal(18, 4)'
};

/** Problem of a filled cell that its reading cannot make sense of. */
const unreadable: Record<string, string> = {
  number: 'AMOUNT_NOT_A_NUMBER',
  quantity: 'QUANTITY_NOT_A_NUMBER',
  instant: 'DATE_UNREADABLE',
  local_instant: 'DATE_UNREADABLE',
  date: 'DATE_UNREADABLE',
  local_date: 'DATE_UNREADABLE',
  id: 'ID_MANGLED'
};

/** Problem of a row in which a field that every row needs stays empty. */
const needed: Record<string, string> = {
  order_id: 'ID_MISSING',
  refund_id: 'ID_MISSING',
  receipt_no: 'ID_MISSING',
  shipment_id: 'ID_MISSING',
  event_id: 'ID_MISSING',
  order_date: 'DATE_MISSING',
  refund_date: 'DATE_MISSING',
  sale_date: 'DATE_MISSING',
  item_gross: 'AMOUNT_MISSING',
  gross: 'AMOUNT_MISSING',
  market: 'MARKET_UNKNOWN',
  event_at: 'DATE_MISSING',
  'inbound_line.sku': 'SKU_MISSING',
  'inbound_line.quantity': 'QUANTITY_NOT_A_NUMBER'
};

/** Turns a mapping into a format: the same pipeline runs both. */
export function compileMapping(spec: MappingSpec): Format {
  const compiler = new MappingCompiler(spec);
  return {
    id: spec.name,
    title: spec.title,
    platform: spec.account.platform,
    account: spec.account,
    detectable: false,
    files: {
      main: {
        needed: true,
        several: false,
        delimiters: spec.file.delimiters,
        quote: spec.file.quote,
        required: compiler.columnNames(spec.file.columns),
        optional: compiler.columnNames(spec.file.optional),
        personal: spec.file.personal,
        unused: [],
        money: spec.file.money.map((title) => compiler.key(title)),
        footer: [],
        mapSql: compiler.rows(),
        checkSql: undefined,
        targets: spec.targets.map((target, index) => ({
          table: target.table,
          scope: target.scope,
          version: null,
          on_change: 'replace',
          mapSql: compiler.target(index)
        }))
      }
    }
  };
}

class MappingCompiler {
  readonly #spec: MappingSpec;

  constructor(spec: MappingSpec) {
    this.#spec = spec;
  }

  columnNames(titles: string[]): Record<string, string[]> {
    return Object.fromEntries(titles.map((title) => [this.key(title), [title]]));
  }

  /** Staged name of a column of the file. */
  key(title: string): string {
    const { columns, optional } = this.#spec.file;
    const index = [...columns, ...optional].indexOf(title);
    if (index === -1) {
      throw new UsageError(
        'MAPPING_INVALID',
        `Mapping ${this.#spec.name}: the column "${title}" is used but not listed under file.columns.`
      );
    }
    return `col_${String(index)}`;
  }

  /** One typed row per record: every field of every target, and the first problem found. */
  rows(): string {
    const { targets, known_at, money, skip, notices } = this.#spec;
    const fields = targets.flatMap((target, index) =>
      Object.entries(target.fields).map(
        ([name, field]) => `${this.#field(field)} as ${identifier(`t${String(index)}_${name}`)}`
      )
    );
    const routes = targets.map(
      (target, index) => `${this.#when(target.when)} as to_${String(index)}`
    );
    return `with read as (
      select record_no, ${[...fields, ...routes].join(',\n      ')},
        ${this.#value(known_at)} as known_at,
        ${this.#value(money.amount)} as cells_total, ${this.#value(money.currency)} as currency,
        case ${this.#reasons(skip)} ${this.#unreadableCells().join(' ')} end as cell_problem,
        case ${this.#reasons(notices)} when false then '' end as notice
      from stg
    )
    select *, case when cell_problem is not null then cell_problem
      ${this.#missingFields().join(' ')} when known_at is null then 'DATE_MISSING' end as problem
    from read`;
  }

  #reasons(rules: MappingSpec['notices']): string {
    return rules.map((r) => `when ${this.#when(r.when)} then ${literal(r.reason)}`).join(' ');
  }

  target(index: number): string {
    const target = this.#spec.targets[index];
    const fields = Object.keys(target?.fields ?? {});
    const given = fields.map((name) => `t${String(index)}_${name} as ${identifier(name)}`);
    const filled = Object.entries(defaults)
      .filter(([name]) => !fields.includes(name))
      .map(([name, sql]) => `${sql} as ${identifier(name)}`);
    return `select record_no, known_at, ${[...given, ...filled].join(', ')}
      from typed where problem is null and to_${String(index)}`;
  }

  #unreadableCells(): string[] {
    const checks = new Map<string, string>();
    for (const value of this.#allValues()) {
      if ('column' in value) this.#addCheck(checks, value.column, value.as);
      if ('negated' in value) this.#addCheck(checks, value.negated, 'number');
      if ('multiply' in value)
        for (const title of value.multiply) this.#addCheck(checks, title, 'number');
    }
    return [...checks.values()];
  }

  #addCheck(checks: Map<string, string>, title: string, reading: string): void {
    const problem = unreadable[reading];
    if (problem === undefined) return;
    const cell = identifier(this.key(title));
    const test =
      reading === 'id'
        ? `is_mangled_id(${cell})`
        : `text_of(${cell}) is not null and ${this.#reading(cell, reading)} is null`;
    checks.set(`${title}|${reading}`, `when ${test} then '${problem}'`);
  }

  #missingFields(): string[] {
    return this.#spec.targets.flatMap((target, index) =>
      Object.keys(target.fields).flatMap((name) => {
        const problem = needed[`${target.table}.${name}`] ?? needed[name];
        if (problem === undefined) return [];
        const field = `t${String(index)}_${name}`;
        return [`when to_${String(index)} and ${field} is null then '${problem}'`];
      })
    );
  }

  #allValues(): FieldValue[] {
    const { targets, known_at, money } = this.#spec;
    const fields = targets.flatMap((target) => Object.values(target.fields));
    const chosen = fields.flatMap((field) =>
      'choose' in field ? [...field.choose.map((choice) => choice.then), field.else] : [field]
    );
    return [...chosen, known_at, money.amount, money.currency];
  }

  #field(field: Field): string {
    if (!('choose' in field)) return this.#value(field);
    const branches = field.choose.map(
      ({ when, then }) => `when ${this.#when(when)} then ${this.#value(then)}`
    );
    return `case ${branches.join(' ')} else ${this.#value(field.else)} end`;
  }

  #value(value: FieldValue): string {
    if ('constant' in value) return constant(value.constant);
    if ('column' in value) return this.#reading(identifier(this.key(value.column)), value.as);
    if ('negated' in value)
      return `-${this.#reading(identifier(this.key(value.negated)), 'number')}`;
    if ('account' in value) return `getvariable('${value.account}')`;
    if ('multiply' in value) {
      const factors = value.multiply.map((title) =>
        this.#reading(identifier(this.key(title)), 'number')
      );
      return `(${value.negate ? '-' : ''}(${factors.join(' * ')}))::decimal(18, 4)`;
    }
    if ('add' in value) {
      const terms = value.add.map(
        (title) => `coalesce(${this.#reading(identifier(this.key(title)), 'number')}, 0)`
      );
      return `(${terms.join(' + ')})::decimal(18, 4)`;
    }
    if ('join' in value) {
      const parts = value.join.map(
        (title) => `coalesce(text_of(${identifier(this.key(title))}), '')`
      );
      return [...parts, ...(value.suffix === '' ? [] : [literal(value.suffix)])].join(
        ` || '|' || `
      );
    }
    const within = value.ordinal_within.map((title) => identifier(this.key(title))).join(', ');
    return `(row_number() over (partition by ${within}, file_of(record_no) order by record_no))::integer`;
  }

  #reading(cell: string, reading: string): string {
    switch (reading.replace('_if_any', '')) {
      case 'upper':
        return `upper(text_of(${cell}))`;
      case 'number':
        return `number_of(${cell})`;
      case 'quantity':
        return `quantity_of(${cell})`;
      case 'instant':
        return `instant_of(${cell})`;
      case 'local_instant':
        return `local_instant(${cell}, getvariable('time_zone'))`;
      case 'date':
        return `date_of(${cell})`;
      case 'local_date':
        return `local_day(local_instant(${cell}, getvariable('time_zone')), getvariable('time_zone'))`;
      case 'country':
        return `coalesce((select any_value(n.market) from facts.country_name n where n.spelling = lower(text_of(${cell}))), slug_of(${cell}))`;
      default:
        return `text_of(${cell})`;
    }
  }

  #when(when: When): string {
    if (when.length === 0) return 'true';
    return `(${when.map((part) => this.#condition(part)).join(' and ')})`;
  }

  #condition(part: Condition | string): string {
    if (typeof part === 'string') {
      const name = part.startsWith('not ') ? part.slice(4) : part;
      const named = this.#spec.conditions[name];
      if (named === undefined) {
        throw new UsageError(
          'MAPPING_INVALID',
          `Mapping ${this.#spec.name}: no condition "${name}".`
        );
      }
      return name === part ? this.#when(named) : `not ${this.#when(named)}`;
    }
    const test = `coalesce(${this.#test(part)}, false)`;
    return part.not ? `not ${test}` : test;
  }

  #test(part: Condition): string {
    const raw = `text_of(${identifier(this.key(part.column))})`;
    const cell = part.ignore_case ? `upper(${raw})` : raw;
    const text = (value: string) => literal(part.ignore_case ? value.toUpperCase() : value);
    if (part.in !== undefined) return `${cell} in (${part.in.map(text).join(', ')})`;
    if (part.starts_with !== undefined) return `starts_with(${cell}, ${text(part.starts_with)})`;
    if (part.equals !== undefined) return `${cell} = ${text(part.equals)}`;
    if (part.below !== undefined) return `number_of(${cell}) < ${String(part.below)}`;
    if (part.above !== undefined) return `number_of(${cell}) > ${String(part.above)}`;
    if (part.is_a !== undefined) return `${this.#reading(cell, part.is_a)} is not null`;
    return `(${cell} is null) = ${String(part.blank ?? true)}`;
  }
}

function constant(value: string | number | boolean | null): string {
  return typeof value === 'string' ? literal(value) : String(value);
}
