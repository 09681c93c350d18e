import { tempFolder } from '../warehouse/paths.ts';
import { readSettings } from '../warehouse/settings.ts';
import { removeOwnTemp } from '../warehouse/temp.ts';
import { allFormats } from './catalog.ts';
import { decode } from './decode.ts';
import { detect, type NearestFormat, nearestFormats } from './detect.ts';
import { collectInputs } from './inputs.ts';
import { mappingNames, readMapping } from './mapping.ts';
import { scanInputs } from './scan.ts';

/** What a file is, before anything is loaded: for the page where files are dropped. */
export interface FileDetection {
  file: string;
  recognised: {
    format: string;
    title: { en: string; zh: string };
    account_candidates: string[];
  } | null;
  columns: string[];
  nearest: NearestFormat[];
}

/** Looks at each file behind the path; nothing is written but temporary text. */
export async function detectFile(home: string, path: string): Promise<FileDetection[]> {
  try {
    return await lookAt(home, path);
  } finally {
    removeOwnTemp(home);
  }
}

async function lookAt(home: string, path: string): Promise<FileDetection[]> {
  const formats = allFormats();
  const mappings = mappingNames().map(readMapping);
  const { accounts } = readSettings(home);
  const found: FileDetection[] = [];
  const unreadable = (label: string) =>
    found.push({ file: label, recognised: null, columns: [], nearest: [] });
  const files = await scanInputs(collectInputs([path]).files, home, {
    refuse: unreadable,
    progress: () => undefined
  });
  for (const file of files) {
    try {
      const temp = tempFolder(home);
      const text = await decode(file, file.scan, { temp, market: undefined, formats });
      const detection = detect(text.textPath, formats);
      const { columns, nearest } = nearestFormats(text.textPath, [...formats, ...mappings]);
      const owners = accounts.filter((a) => a.platform === detection?.format.platform);
      found.push({
        file: file.label,
        recognised:
          detection === undefined
            ? null
            : {
                format: detection.format.id,
                title: detection.format.title,
                account_candidates: owners.map((account) => account.account)
              },
        columns: detection?.header.cells ?? columns,
        nearest: detection === undefined ? nearest : []
      });
    } catch {
      unreadable(file.label);
    }
  }
  return found;
}
