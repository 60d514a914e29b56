import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../processes/spawned.process.js';
import { cycleIn, libImports } from './lib-imports.js';

const run = promisify(execFile);
const apps = ['commands', 'queries', 'relay', 'cli'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizhan-architecture-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function planted(files: Record<string, string>): Promise<string> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

// The linter follows `#lib` to what was built of it, which it does not lint: it sees no cycle that passes through two libs.
describe('the libs', () => {
  it('do not import each other in a circle', () => {
    const graph = libImports(root);
    expect(graph.get('requests')).toEqual(new Set(['calendar', 'event-sourcing', 'policies']));
    expect(cycleIn(graph)).toBeUndefined();
  });

  it('would be found out by way of a third one', async () => {
    const circle = await planted({
      'libs/a/src/index.ts': `export { b } from '#b';`,
      'libs/b/src/deep/b.ts': `export const b = async () => (await import('#c')).c;`,
      'libs/c/src/c.ts': `import {\n  type A,\n} from '#a';\nexport const c: A = 1;`,
      'libs/d/src/d.spec.ts': `import '#d';`,
    });
    expect(cycleIn(libImports(circle))).toBe('a → b → c → a');
  });
});

describe('the apps', () => {
  it('import each other only from station, or the linter says so', async () => {
    const pairs = [...apps, 'station'].flatMap((importer) =>
      [...apps, 'station'].filter((one) => one !== importer).map((imported) => [importer, imported] as const),
    );
    await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await planted(
      Object.fromEntries(
        pairs.map(([importer, imported]) => [
          `apps/${importer}/src/${imported}.ts`,
          `export { one } from '../../${imported}/src/one.js';`,
        ]),
      ),
    );
    const { stdout } = await run(join(root, 'node_modules/.bin/oxlint'), ['--format', 'unix'], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    const refused = pairs.filter(([importer, imported]) =>
      new RegExp(`apps/${importer}/src/${imported}\\.ts:.*is restricted`).test(stdout),
    );
    expect(refused).toEqual(pairs.filter(([importer]) => importer !== 'station'));
  });
});
