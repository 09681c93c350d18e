import pino, { type Logger } from 'pino';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Structured lines on stderr; quiet unless something is wrong, PORTOLAN_LOG=info shows requests. */
export function openLog(level = process.env.PORTOLAN_LOG): Logger {
  const chosen = level !== undefined && levels.includes(level) ? level : 'warn';
  return pino({ level: chosen, base: undefined }, pino.destination({ dest: 2, sync: true }));
}
