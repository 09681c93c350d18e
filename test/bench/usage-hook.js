// Preloaded into every Node process of a measured command: writes what it used when it ends.
import { appendFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxRssMegabytes: maxRSS / 1024 };
  const file = process.env.PORTOLAN_BENCH_USAGE;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(usage)}\n`);
});
