import { setTimeout as pause } from 'node:timers/promises';
import { type Said, yizhan } from '../import/yizhan.process.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
} from '../processes/station.process.js';
import { asker } from './day.fixture.js';

const patience = 60_000; // milliseconds

describe('yizhan token', () => {
  let station: StationProcess;
  let request: string;
  beforeAll(async () => {
    station = await startStation();
    const ask = asker(station.url, station.home);
    await ask.open();
    await ask.open('OTHER');
    request = await ask.log('5号楼前路面结冰');
  }, 120_000);
  afterAll(endProcesses);

  const token = (...args: string[]): Promise<Said> => yizhan(station.home, ['token', ...args]);
  const asked = (path: string, bearer: string, more: RequestInit = {}): Promise<Response> =>
    fetch(station.url + path, {
      ...more,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    });

  const status = async ({ output }: Said): Promise<number> =>
    (await asked(`/v1/requests/${request}/history`, output.trim())).status;

  it(
    'stands alone on its line, and is who it says, where it says',
    async () => {
      const { code, output, errors } = await token(
        '--role',
        'volunteer',
        '--station',
        'YFXJ',
        '--name',
        '张连生',
      );
      expect([code, errors]).toEqual([0, '']);
      expect(output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const bearer = output.trim();
      const note = await asked(`/v1/requests/${request}/progress`, bearer, {
        method: 'POST',
        body: JSON.stringify({ note: '已撒盐' }),
      });
      expect(note.status).toBe(200);
      const history = await asked(`/v1/requests/${request}/history`, bearer);
      const { events } = (await history.json()) as { events: { actor: object }[] };
      expect(events.at(-1)?.actor).toMatchObject({ name: '张连生', role: 'volunteer', station: 'YFXJ' });
      expect((await asked('/v1/stations/OTHER/logbook', bearer)).status).toBe(403);
    },
    patience,
  );

  it(
    'is good for as long as it was asked for, eight hours else',
    async () => {
      const [lasting, short] = await Promise.all([
        token('--role', 'auditor', '--name', '审计'),
        token('--role', 'auditor', '--name', '审计', '--expires', '1s'),
      ]);
      while ((await status(short)) === 200) await pause(250);
      expect(await status(short)).toBe(401);
      expect(await status(lasting)).toBe(200);
      const claims = lasting.output.split('.')[1] ?? '';
      const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, number>;
      expect((exp ?? 0) - (iat ?? 0)).toBe(8 * 3_600);
    },
    patience,
  );

  it(
    'of another home is nobody’s here',
    async () => {
      const foreign = await yizhan(await temporaryHome(), ['token', '--role', 'auditor', '--name', '审计']);
      expect(await status(foreign)).toBe(401);
    },
    patience,
  );

  it.each<[string, string[], RegExp]>([
    ['a volunteer of no station', ['--role', 'volunteer'], /^yizhan: No such token: .* --station\n$/],
    [
      'an admin of one district',
      ['--role', 'admin', '--district', '海淀区'],
      /^yizhan: No such token: .* --district\n$/,
    ],
    ['nobody’s role', ['--role', 'mayor'], /mayor.*volunteer, coordinator/s],
    [
      'a time that is none',
      ['--role', 'auditor', '--expires', 'soon'],
      /^yizhan: --expires soon is not a time from now such as 30m, 8h or 7d\n$/,
    ],
  ])(
    'for %s is not given: exit code 2 and a sentence',
    async (_, args, sentence) => {
      const { code, output, errors } = await token(...args, '--name', '某人');
      expect([code, output]).toEqual([2, errors]);
      expect(errors).toMatch(sentence);
    },
    patience,
  );
});
