/** Days are integers since 1970-01-01; the simulation has no clock. */
const isoDates = new Map<number, string>();

export function isoDate(day: number): string {
  let text = isoDates.get(day);
  if (text === undefined) {
    text = new Date(day * 86400000).toISOString().slice(0, 10);
    isoDates.set(day, text);
  }
  return text;
}

export function dayOf(iso: string): number {
  return Math.floor(Date.parse(`${iso}T00:00:00Z`) / 86400000);
}

export function monthOf(day: number): string {
  return isoDate(day).slice(0, 7);
}

/** 0 = Monday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

export function yearOf(day: number): number {
  return Number(isoDate(day).slice(0, 4));
}

export function dayOfMonth(day: number): number {
  return Number(isoDate(day).slice(8, 10));
}

export const pad2: readonly string[] = Array.from({ length: 100 }, (_, n) =>
  String(n).padStart(2, '0')
);

/** HH:MM:SS of a second of the day. */
export function clock(second: number): string {
  const hour = Math.floor(second / 3600);
  const minute = Math.floor(second / 60) % 60;
  return `${pad2[hour] ?? '00'}:${pad2[minute] ?? '00'}:${pad2[second % 60] ?? '00'}`;
}

/** Seconds east of UTC at local noon, one per day: exact after 04:00 on days when clocks change. */
export function zoneOffsets(zone: string, first: number, last: number): Int32Array {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = new Int32Array(last - first + 1);
  let known = offsetAt(format, first);
  for (let day = first; day <= last; day += 7) {
    const end = Math.min(day + 6, last);
    const after = offsetAt(format, end);
    for (let d = day; d <= end; d++) {
      offsets[d - first] = after === known ? known : offsetAt(format, d);
    }
    known = after;
  }
  return offsets;
}

function offsetAt(format: Intl.DateTimeFormat, day: number): number {
  const name = format.formatToParts(new Date(day * 86400000 + 43200000));
  const text = name.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /([+-])(\d\d):(\d\d)/.exec(text);
  if (!match) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -size : size;
}

/** `2026-10-02T08:04:21` in UTC for a local second of a local day. */
export function utcStamp(day: number, localSecond: number, offset: number): string {
  let second = localSecond - offset;
  let utcDay = day;
  if (second < 0) {
    second += 86400;
    utcDay--;
  } else if (second >= 86400) {
    second -= 86400;
    utcDay++;
  }
  return `${isoDate(utcDay)}T${clock(second)}`;
}
