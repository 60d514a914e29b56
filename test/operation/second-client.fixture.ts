import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from '../processes/spawned.process.js';

// The Python client of EventStoreDB (KurrentDB): BSD-3-Clause, and no line of it in common with ours or the official one.
const PACKAGE = 'kurrentdbclient==1.3.5';
const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const venv = join(cache, 'yizhan', PACKAGE);
const python = join(venv, 'bin', 'python');

/** Lets the second client do something with a node and gives what it saw. */
export type SecondClient = <Seen>(url: string, what: 'read' | 'exercise') => Seen;

const ask: SecondClient = (url, what) =>
  JSON.parse(
    execFileSync(python, [join(root, 'test/operation/second_client.py'), url, what], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 120_000,
    }),
  );

/** Specs with the second client, which is installed once beside the project. Where it cannot be they say so aloud, and fail on CI. */
export function describeWithSecondClient(name: string, specs: (ask: SecondClient) => void): void {
  const trouble = install();
  if (!trouble) return describe(name, () => specs(ask));
  const sentence = `Not tested: Python's ${PACKAGE} cannot be installed into ${venv}.\n${trouble}`;
  if (process.env['CI'] === 'true') {
    return describe(name, () => {
      it('has its client', () => {
        throw new Error(sentence);
      });
    });
  }
  console.warn(`${name}\n${sentence}`);
  describe.skip(name, () => specs(ask));
}

/** What went wrong, or nothing. */
function install(): string | undefined {
  if (existsSync(python) && run(python, ['-c', 'import kurrentdbclient']) === undefined) return undefined;
  mkdirSync(join(cache, 'yizhan'), { recursive: true });
  return (
    run('python3', ['-m', 'venv', '--clear', venv]) ??
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE])
  );
}

function run(command: string, args: string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
  return status === 0 ? undefined : (error?.message ?? `${stdout}${stderr}`.trim());
}
