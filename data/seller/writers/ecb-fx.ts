import { isoDate } from '../days.ts';
import { rateText } from '../fx.ts';
import type { Rates } from '../fx.ts';
import type { OutputFolder } from './output-files.ts';

const codes =
  'USD,JPY,BGN,CYP,CZK,DKK,EEK,GBP,HUF,LTL,LVL,MTL,PLN,ROL,RON,SEK,SIT,SKK,CHF,ISK,NOK,HRK,RUB,TRL,TRY,AUD,BRL,CAD,CNY,HKD,IDR,ILS,INR,KRW,MXN,MYR,NZD,PHP,SGD,THB,ZAR';

/** The reference-rate history in the European Central Bank's form: newest first, a comma ends each line. */
export function writeRates(folder: OutputFolder, rates: Rates): void {
  const rows = rates.published.toReversed().map(({ day, rates: quoted }) => {
    const cells = codes.split(',').map((code) => {
      const value = quoted.get(code);
      return value === undefined ? 'N/A' : rateText(code, value);
    });
    return `${isoDate(day)},${cells.join(',')},\n`;
  });
  folder.whole('inbox/ecb/eurofxref-hist.csv', `Date,${codes},\n`, rows);
}
