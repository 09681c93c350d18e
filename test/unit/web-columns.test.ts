import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalog } from '../../queries/catalog.ts';
import { shapes } from '../../web/lib/api/questions.ts';

const examples: Record<string, unknown> = { text: '', money: '1.0000', number: 1 };

describe('the columns the pages read', () => {
  it.each(Object.entries(shapes))(
    '%s sends them all, and null only where a page expects it',
    (name, shape) => {
      const row = catalog.find((question) => question.name === name)?.row;
      const missing = Object.keys(shape).filter((column) => !row || !(column in row.shape));
      expect(missing).toEqual([]);
      const surprising = Object.entries(shape).filter(([column, kind]) => {
        const schema = row?.shape[column];
        const takesNull = schema instanceof z.ZodType && schema.safeParse(null).success;
        return takesNull && !kind.endsWith('?');
      });
      expect(surprising).toEqual([]);
    }
  );

  it('are money exactly where the API sends decimal strings', () => {
    const wrong = Object.entries(shapes).flatMap(([name, shape]) => {
      const row = catalog.find((question) => question.name === name)?.row;
      return Object.entries(shape)
        .filter(([column, kind]) => {
          const schema = row?.shape[column];
          const example = examples[kind.replace('?', '')];
          const isDecimal = schema instanceof z.ZodType && schema.safeParse('1.0000').success;
          if (kind.startsWith('money')) return !isDecimal;
          if (!kind.startsWith('number')) return false;
          return !(schema instanceof z.ZodType && schema.safeParse(example).success);
        })
        .map(([column]) => `${name}.${column}`);
    });
    expect(wrong).toEqual([]);
  });
});
