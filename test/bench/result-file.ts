import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { budgetText, type Measurement, ratioOf, rounded, verdict } from './measurement.ts';

const measurementForm = z.object({
  what: z.string(),
  measured: z.number(),
  unit: z.string(),
  baseline: z.object({ what: z.string(), value: z.number() }).optional(),
  budget: z.object({ value: z.number(), of: z.enum(['measured', 'ratio']) }).optional(),
  note: z.string().optional()
});
const sectionForm = z.object({
  measuredAt: z.string(),
  machine: z.record(z.string(), z.string()),
  referenceLoopMilliseconds: z.number(),
  measurements: z.array(measurementForm)
});
const resultForm = z.record(z.string(), sectionForm);
type Section = z.infer<typeof sectionForm>;

/** Puts a part's measurements into <out>/<date>.json and writes <date>.md anew from all parts of the day. */
export function saveSection(
  out: string,
  name: string,
  part: Omit<Section, 'measuredAt' | 'measurements'> & { measurements: Measurement[] }
): void {
  const now = new Date().toISOString();
  const file = join(out, `${now.slice(0, 10)}.json`);
  mkdirSync(out, { recursive: true });
  const before = existsSync(file) ? resultForm.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const section: Section = { measuredAt: now, ...part };
  const result = { ...before, [name]: section };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(file.replace(/json$/, 'md'), pageOf(now.slice(0, 10), result));
}

function pageOf(date: string, result: Record<string, Section>): string {
  const parts = Object.entries(result).map(
    ([name, section]) => `## ${name}\n\n${tableOf(section)}`
  );
  return `# Measurements of ${date}\n\n${parts.join('\n')}`;
}

function tableOf({
  measuredAt,
  machine,
  referenceLoopMilliseconds,
  measurements
}: Section): string {
  const facts = Object.entries(machine).map(([key, value]) => `${key} ${value}`);
  const rows = measurements.map((one) => {
    const ratio = ratioOf(one);
    return [
      one.what,
      `${rounded(one.measured)} ${one.unit}`.trim(),
      one.baseline === undefined
        ? ''
        : `${rounded(one.baseline.value)} ${one.unit} (${one.baseline.what})`,
      ratio === undefined ? '' : rounded(ratio),
      budgetText(one),
      verdict(one),
      one.note ?? ''
    ];
  });
  const head = ['what', 'measured', 'baseline', 'ratio', 'budget', '', 'note'];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${measuredAt}; ${facts.join('; ')}; reference loop ${rounded(referenceLoopMilliseconds)} ms CPU.

${table.join('\n')}
`;
}
