import { z } from 'zod';
import { accountSchema } from '../warehouse/settings.ts';

/** A column of the file, by its header. */
const column = z.string();

const conditionSchema = z.strictObject({
  column,
  in: z.array(z.string()).optional(),
  starts_with: z.string().optional(),
  equals: z.string().optional(),
  below: z.number().optional(),
  above: z.number().optional(),
  blank: z.boolean().optional(),
  /** The cell reads as a number, or as a date in the account's order. */
  is_a: z.enum(['number', 'date']).optional(),
  /** Turns the whole condition round. */
  not: z.boolean().default(false),
  ignore_case: z.boolean().default(false)
});

/** All of the conditions hold. A string names a condition list defined once under `conditions`. */
const whenSchema = z.array(z.union([conditionSchema, z.string()]));

/** What ends in _if_any takes a cell that says something else (such as "Invoiced Separately") for an empty one. */
const readings = [
  'text',
  'upper',
  'id',
  'number',
  'quantity',
  'instant',
  'local_instant',
  'date',
  'local_date',
  'country',
  'number_if_any',
  'date_if_any',
  'local_instant_if_any'
] as const;

const valueSchema = z.union([
  z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
  z.strictObject({ column, as: z.enum(readings) }),
  /** Product of number columns. */
  z.strictObject({ multiply: z.array(column).min(2), negate: z.boolean().default(false) }),
  /** Sum of number columns; a cell without a number adds nothing. */
  z.strictObject({ add: z.array(column).min(2) }),
  /** The number with its sign turned. */
  z.strictObject({ negated: column }),
  /** The whole number in a text such as 17850.0. */
  z.strictObject({ account: z.enum(['market', 'currency', 'channel']) }),
  /** Running number of the row inside the named columns, in file order. */
  z.strictObject({ ordinal_within: z.array(column).min(1) }),
  /** Texts joined by a bar: an id made of several columns. */
  z.strictObject({ join: z.array(column).min(1), suffix: z.string().default('') })
]);

const fieldSchema = z.union([
  valueSchema,
  z.strictObject({
    choose: z.array(z.strictObject({ when: whenSchema, then: valueSchema })),
    else: valueSchema
  })
]);

export const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.strictObject({ en: z.string(), zh: z.string() }),
  account: accountSchema,
  file: z.strictObject({
    delimiters: z.array(z.enum(['tab', 'comma', 'semicolon', 'pipe'])).default(['comma']),
    quote: z.enum(['double', 'none']).default('double'),
    columns: z.array(z.string()).min(1),
    optional: z.array(z.string()).default([]),
    personal: z.array(z.string()).default([]),
    money: z.array(z.string()).default([])
  }),
  conditions: z.record(z.string(), whenSchema).default({}),
  /** When the seller could first have known the row. */
  known_at: valueSchema,
  /** The row's money as the file states it: what the load report adds up. */
  money: z.strictObject({ amount: valueSchema, currency: valueSchema }),
  skip: z.array(z.strictObject({ when: whenSchema, reason: z.string() })).default([]),
  /** What is loaded and still worth a word. */
  notices: z.array(z.strictObject({ when: whenSchema, reason: z.string() })).default([]),
  targets: z
    .array(
      z.strictObject({
        table: z.string(),
        scope: z.array(z.string()).min(1),
        when: whenSchema.default([]),
        fields: z.record(z.string(), fieldSchema)
      })
    )
    .min(1)
});

export type MappingSpec = z.infer<typeof mappingSchema>;
export type Condition = z.infer<typeof conditionSchema>;
export type When = z.infer<typeof whenSchema>;
export type FieldValue = z.infer<typeof valueSchema>;
export type Field = z.infer<typeof fieldSchema>;
