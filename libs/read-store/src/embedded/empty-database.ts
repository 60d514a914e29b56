import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * An empty database as the build leaves it in `dist/`: to unpack it takes a tenth of the time that `initdb` takes. Of this
 * version of PGlite only, since another may not read the files.
 */
const file = async (): Promise<string> => {
  const library = JSON.parse(await readFile(packageOf('@electric-sql/pglite'), 'utf8')) as {
    version: string;
  };
  return join(dirname(packageOf()), 'dist', `empty-database-${library.version}.tar`);
};

function packageOf(specifier?: string): string {
  const path =
    specifier === undefined ? findPackageJSON(import.meta.url) : findPackageJSON(specifier, import.meta.url);
  if (path === undefined) throw new Error(`no package.json of ${specifier ?? 'this program'}`);
  return path;
}

/** What a new database begins with; undefined where there was no build, and `initdb` has to run. */
export async function emptyDatabase(): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(await file())]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Leaves an empty database in `dist/`, unless there is one already. */
export async function writeEmptyDatabase(): Promise<void> {
  const path = await file();
  if (existsSync(path)) return;
  const database = await PGlite.create('memory://');
  await database.query('checkpoint'); // whoever opens it has nothing to recover
  const content = await (await database.dumpDataDir('none')).bytes();
  await database.close();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.unfinished`, content);
  await rename(`${path}.unfinished`, path);
}
