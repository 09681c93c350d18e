import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const pollMs = 1000;
/** A file is whole when neither its size nor its time changed between two looks. */
const settledLooks = 2;

/**
 * Takes what is dropped into home/inbox/<account>/ until the process ends: hands whole files to `load`, account by
 * account, then moves them to inbox/<account>/.loaded so that a restart finds an empty inbox.
 */
export async function watchInbox(
  home: string,
  load: (paths: string[], account: string) => Promise<void>,
  trouble: (account: string, error: unknown) => void
): Promise<void> {
  const inbox = join(home, 'inbox');
  mkdirSync(inbox, { recursive: true });
  const seen = new Map<string, { mark: string; looks: number }>();
  for (;;) {
    for (const account of folders(inbox)) {
      const ready = filesIn(join(inbox, account)).filter((path) => isSettled(path, seen));
      if (ready.length === 0) continue;
      try {
        await load(ready, account);
        for (const path of ready) putAway(path, join(inbox, account, '.loaded'));
      } catch (error) {
        // One folder's trouble stops no other; its files stay, and are tried again when they change.
        trouble(account, error);
      }
    }
    await new Promise((resume) => setTimeout(resume, pollMs));
  }
}

function folders(inbox: string): string[] {
  return readdirSync(inbox, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(folder, entry.name));
}

function isSettled(path: string, seen: Map<string, { mark: string; looks: number }>): boolean {
  const { size, mtimeMs } = statSync(path);
  const mark = `${String(size)}@${String(mtimeMs)}`;
  const before = seen.get(path);
  const looks = before?.mark === mark ? before.looks + 1 : 1;
  seen.set(path, { mark, looks });
  return looks === settledLooks;
}

function putAway(path: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const name = basename(path);
  let target = join(folder, name);
  for (let copy = 2; existsSync(target); copy += 1)
    target = join(folder, `${String(copy)}-${name}`);
  renameSync(path, target);
}
