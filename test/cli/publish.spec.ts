import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';

describe('yizhan calendar publish', () => {
  let station: StationProcess;
  beforeAll(async () => {
    station = await startStation();
  }, 120_000);
  afterAll(endProcesses);

  it('says of a file that was published already that it was, and publishes nothing', async () => {
    const path = join(station.home, '2098.yaml');
    await writeFile(
      path,
      'year: 2098\ndaysOff:\n  - { from: 2098-10-01, to: 2098-10-07, name: 国庆节 }\nmakeUpDays: []\n',
    );
    const publish = (...more: string[]) => yizhan(station.home, ['calendar', 'publish', path, ...more]);
    const last = async (...more: string[]) => (await publish(...more)).lines.at(-1);
    expect(await last()).toBe('Published as default@1.');
    expect(await last()).toBe('default@1 says so already; nothing was published.');
    expect(await last('--dry-run')).toBe('default@1 says so already; nothing was published.');
  }, 120_000);
});
