import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

describe('output that nobody reads', () => {
  it('is no failure', async () => {
    const args = ['dist/apps/cli/src/main.js', 'stats', '--help'];
    const yizhan = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    yizhan.stdout.destroy();
    const [errors, [code]] = await Promise.all([text(yizhan.stderr), once(yizhan, 'close')]);
    expect([code, errors]).toEqual([0, '']);
  });
});

describe('the command line', () => {
  // What npm makes executable when it links it is not executable any more once it was built anew.
  it('can be run as it is built', () => access('dist/apps/cli/src/main.js', constants.X_OK));
});
