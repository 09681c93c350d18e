import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
// The package unpacks into the temporary folder and never checks who owns what it finds there: a
// browser left by root would break every other user, so each user has a folder of their own.
const folder = path.join(root, 'node_modules/.cache', `chromium-${os.userInfo().uid}`);
const program = path.join(folder, 'chromium');
const ownFonts = path.join(folder, 'fontconfig');

/** Unpacks Chromium if it is not there yet and returns the path of its program. */
export async function unpackChromium(): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  // The package's own list of font folders names places of another machine.
  mkdirSync(ownFonts, { recursive: true });
  writeFileSync(
    path.join(ownFonts, 'fonts.conf'),
    `<fontconfig><dir>${folder}/fonts/fonts</dir><cachedir>${ownFonts}</cachedir></fontconfig>\n`
  );
  if (!existsSync(program)) throw new Error(`Chromium did not unpack to ${program}`);
  return program;
}

/** What the unpacked browser needs in its environment: it keeps to its own folder. */
export function chromiumEnvironment(): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const]
  );
  // The machine's own fonts if it has any (they cover Chinese), else the few of the package.
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: ownFonts };
  return {
    ...Object.fromEntries(inherited),
    ...fonts,
    HOME: folder,
    TMPDIR: folder
  };
}
