import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which day was begun on this home, and whether it was played to its end. */
export type Playbill = { day: string; played: boolean };

/** What scripts read to use a running demonstration. */
export type DemoFile = {
  url: string;
  docs: string;
  stations: readonly object[];
  tokens: Readonly<Record<string, string>>;
};

const playbill = (home: string): string => join(home, 'demo-day.json');
const demo = (home: string): string => join(home, 'demo.json');

export async function readPlaybill(home: string): Promise<Playbill | undefined> {
  try {
    return JSON.parse(await readFile(playbill(home), 'utf8')) as Playbill;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const writePlaybill = (home: string, bill: Playbill): Promise<void> => write(playbill(home), bill);

export const writeDemo = (home: string, file: DemoFile): Promise<void> => write(demo(home), file);

/** While the next demonstration is being played, nobody shall take the last one's address for its own. */
export const removeDemo = (home: string): Promise<void> => rm(demo(home), { force: true });

// Readers see the whole file or none; tokens are for the owner's eyes.
async function write(file: string, content: object): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true }); // a draft left by a crash keeps its mode
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}
