import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { asker } from './day.fixture.js';

let station: StationProcess;
beforeAll(async () => {
  station = await startStation();
  const ask = asker(station.url, station.home);
  await ask.open('YFXJ', '海淀区');
  await ask.open('HPLX', '和平区');
  await ask.open('XDXD', '西城区');
  await ask.statistics('西城区'); // the command line has no token of what was opened here
}, 120_000);
afterAll(endProcesses);

const inEnglish = { LANG: 'en_US.UTF-8' };
const run = (...args: string[]) => yizhan(station.home, args, inEnglish);
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function fileWith(name: string, content: string | object): Promise<string> {
  const path = join(station.home, name);
  await writeFile(path, typeof content === 'string' ? content : stringify(content));
  return path;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test may look at everything
const shown = async (...args: string[]): Promise<any> => {
  const { code, output, errors } = await run(...args);
  if (code !== 0) throw new Error(errors);
  return parse(output);
};

describe('yizhan policy', () => {
  const from = dayIn(2);
  const then = ['--at', `${dayIn(4)}T00:00:00Z`];

  it('shows what holds, to be edited, says what becomes different, and publishes it for one district', async () => {
    const before = await run('policy', 'show', '和平区');
    expect([before.code, before.lines[0]]).toEqual([
      0,
      expect.stringMatching(/^# default@0, in force on \d{4}-\d\d-\d\d$/),
    ]);
    const edited = before.output.replace(/^( +)amount: 7$/m, '$1amount: 5').concat(`from: ${from}\n`);
    expect(edited).not.toContain('amount: 7\n');
    const publish = ['policy', 'publish', await fileWith('policy.yaml', edited), '--district', '和平区'];
    const difference = [
      '- classes[general].limits.resolution.amount: 7',
      '+ classes[general].limits.resolution.amount: 5',
    ];

    const rehearsed = await run(...publish, '--dry-run');
    expect([rehearsed.code, rehearsed.lines]).toEqual([
      0,
      [...difference, 'Would be published as 和平区@1.'],
    ]);
    expect((await run('policy', 'show', '和平区')).output).toBe(before.output);

    const published = await run(...publish);
    expect([published.code, published.lines]).toEqual([0, [...difference, 'Published as 和平区@1.']]);
    const now = await run('policy', 'show', '和平区');
    expect(now.lines.slice(0, 2)).toEqual([before.lines[0], `# version 1 holds from ${from}`]);
    expect(parse(now.output)).toEqual(parse(before.output));
    const later = await run('policy', 'show', '和平区', ...then);
    expect(later.lines[0]).toMatch(/^# 和平区@1, in force on /);
    expect({ ...parse(later.output), from }).toEqual(parse(edited));
    expect((await run('policy', 'show', '海淀区', ...then)).lines[0]).toMatch(/^# default@0, /);
  }, 240_000);

  it('is published for all districts without their own where none is named', async () => {
    const policy = await shown('policy', 'show');
    const file = await fileWith('all.yaml', {
      ...policy,
      approvals: { ...policy.approvals, pause: ['supervisor'] },
      from,
    });
    const { code, lines } = await run('policy', 'publish', file);
    expect([code, lines]).toEqual([
      0,
      ['- approvals.pause[coordinator]: "coordinator"', 'Published as default@1.'],
    ]);
    expect((await run('policy', 'show', '海淀区', ...then)).lines[0]).toMatch(/^# default@1, /);
    expect((await run('policy', 'show', '和平区', ...then)).lines[0]).toMatch(/^# 和平区@1, /);
  }, 240_000);

  it('says of what a file leaves out what will stand for it, and nothing where that holds already', async () => {
    const { callbacks: _, ...policy } = await shown('policy', 'show', '西城区');
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
    const publish = async (content: object, ...options: string[]) => {
      const file = await fileWith('silent.yaml', { ...policy, ...content, from: today });
      return (await run('policy', 'publish', file, '--district', '西城区', ...options)).lines;
    };
    expect(await publish({}, '--dry-run')).toEqual(['Would be published as 西城区@1.']);
    expect(await publish({ callbacks: { attempts: 5 } })).toEqual([
      '- callbacks.attempts: 3',
      '+ callbacks.attempts: 5',
      'Published as 西城区@1.',
    ]);
    const back = ['- callbacks.attempts: 5', '+ callbacks.attempts: 3'];
    expect(await publish({}, '--dry-run')).toEqual([...back, 'Would be published as 西城区@2.']);
    expect(await publish({})).toEqual([...back, 'Published as 西城区@2.']);
  }, 240_000);

  it('may list the units with rows of their own, and the categories left out of the rates', async () => {
    const policy = await shown('policy', 'show', '海淀区', ...then);
    const listed = { units: ['wuye-yf', 'jwh-yf'], exclusions: ['历史遗留'] };
    const rates = (lists: object) =>
      fileWith('lists.yaml', { ...policy, rates: { ...policy.rates, ...lists }, from });
    const publish = async (lists: object) =>
      run('policy', 'publish', await rates(lists), '--district', '海淀区');
    const refused = await publish({ ...listed, units: [] });
    expect([refused.code, refused.errors]).toEqual([
      2,
      expect.stringMatching(/lists\.yaml:\d+: rates\.units: must have at least one entry\n$/),
    ]);
    expect((await publish(listed)).code).toBe(0);
    expect((await shown('policy', 'show', '海淀区', ...then)).rates).toEqual({ ...policy.rates, ...listed });
  }, 240_000);

  it('says of a file that cannot be published on which lines it is wrong, and publishes nothing', async () => {
    const before = await run('policy', 'show', '海淀区');
    const policy = before.output.replace(/^otherwise: .*$/m, 'otherwise: calm');
    const line = policy.split('\n').indexOf('otherwise: calm') + 1;
    const wrong = await fileWith('wrong.yaml', `${policy}from: ${from}\n`);
    const refused = await run('policy', 'publish', wrong, '--district', '海淀区');
    expect([refused.code, refused.errors]).toEqual([
      2,
      `yizhan: ${wrong}:${line}: otherwise: is no class of this policy\n`,
    ]);
    const torn = await fileWith('torn.yaml', 'classes:\n  - code: [\n');
    const unread = await run('policy', 'publish', torn, '--district', '海淀区');
    expect([unread.code, unread.errors]).toEqual([2, expect.stringContaining(`${torn}:3: `)]);
    const dayless = await fileWith('dayless.yaml', before.output);
    const undated = await run('policy', 'publish', dayless, '--district', '海淀区');
    expect([undated.code, undated.errors]).toEqual([2, expect.stringContaining('dayless.yaml:1: from: ')]);
    expect((await run('policy', 'show', '海淀区')).output).toBe(before.output);
  }, 240_000);

  it('is not published for a district without a station: its name would be misspelt', async () => {
    const policy = await shown('policy', 'show', '海淀区');
    const file = await fileWith('misspelt.yaml', { ...policy, from });
    for (const rules of ['policy', 'calendar']) {
      const { code, errors } = await run(rules, 'publish', file, '--district', '海定区');
      expect([code, errors]).toEqual([1, expect.stringContaining('No such district')]);
    }
  }, 120_000);
});

describe('yizhan calendar', () => {
  const golden = [{ from: '2097-10-01', to: '2097-10-07', name: '国庆节' }];
  const nation = { year: 2097, daysOff: golden, makeUpDays: [{ day: '2097-10-12', name: '国庆节' }] };
  const year = ['--year', '2097'];

  it('shows the years that are known, and says of others that it guesses', async () => {
    const known = await run('calendar', 'show', '--year', '2026');
    expect(known.lines[0]).toBe('# default@0: 248 working days');
    expect(parse(known.output)).toMatchObject({
      year: 2026,
      daysOff: expect.arrayContaining([{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }]) as unknown,
      makeUpDays: expect.arrayContaining([{ day: '2026-10-10', name: '国庆节' }]) as unknown,
    });
    expect((await run('calendar', 'show', ...year)).lines[0]).toMatch(/Monday to Friday is a guess$/);
  }, 120_000);

  it('publishes a year of the nation’s, after a rehearsal that changes nothing', async () => {
    const file = await fileWith('2097.yaml', nation);
    const rehearsed = await run('calendar', 'publish', file, '--dry-run');
    expect([rehearsed.code, rehearsed.lines.at(-1)]).toEqual([0, 'Would be published as default@1.']);
    expect(await shown('calendar', 'show', ...year)).toEqual({ year: 2097, daysOff: [], makeUpDays: [] });
    const { code, lines } = await run('calendar', 'publish', file);
    expect([code, lines]).toEqual([
      0,
      [
        '+ daysOff[2097-10-01].from: "2097-10-01"',
        '+ daysOff[2097-10-01].to: "2097-10-07"',
        '+ daysOff[2097-10-01].name: "国庆节"',
        '+ makeUpDays[2097-10-12].day: "2097-10-12"',
        '+ makeUpDays[2097-10-12].name: "国庆节"',
        'Published as default@1.',
      ],
    ]);
    expect(await shown('calendar', 'show', ...year)).toEqual(nation);
  }, 240_000);

  it('shows and publishes what a district lays over it, and never the nation’s days as its own', async () => {
    const empty = await run('calendar', 'show', '和平区', ...year);
    expect(empty.lines[1]).toBe('# What 和平区 itself lays over the nation’s days; --merged shows both.');
    expect(parse(empty.output)).toEqual({ year: 2097, daysOff: [], makeUpDays: [] });

    const festival = { from: '2097-05-06', to: '2097-05-06', name: '区庆' };
    const workingHours = { from: '09:00', to: '17:30' };
    const own = { year: 2097, daysOff: [festival], makeUpDays: [], workingHours };
    const publish = async (content: object) =>
      run('calendar', 'publish', await fileWith('own.yaml', content), '--district', '和平区');
    expect((await publish(own)).lines).toEqual([
      '+ daysOff[2097-05-06].from: "2097-05-06"',
      '+ daysOff[2097-05-06].to: "2097-05-06"',
      '+ daysOff[2097-05-06].name: "区庆"',
      '+ workingHours.from: "09:00"',
      '+ workingHours.to: "17:30"',
      'Published as 和平区@1.',
    ]);
    expect(await shown('calendar', 'show', '和平区', ...year)).toEqual(own);
    const merged = await run('calendar', 'show', '和平区', ...year, '--merged');
    expect(merged.lines[0]).toMatch(/^# default@1\+和平区@1: \d+ working days$/);
    expect(parse(merged.output)).toEqual({ ...nation, daysOff: [festival, ...golden], workingHours });

    const moved = await publish({ ...own, daysOff: [{ ...festival, to: '2097-05-07' }] });
    expect(moved.lines).toEqual([
      '- daysOff[2097-05-06].to: "2097-05-06"',
      '+ daysOff[2097-05-06].to: "2097-05-07"',
      'Published as 和平区@2.',
    ]);
    expect(await shown('calendar', 'show', ...year)).toEqual(nation);
  }, 240_000);

  it('says of a file that cannot be published on which lines it is wrong', async () => {
    const text =
      'year: 2097\ndaysOff:\n  - from: 2097-02-30\n    to: 2097-03-01\n    name: 元宵\nmakeUpDays: []\n';
    const file = await fileWith('never.yaml', text);
    const { code, errors } = await run('calendar', 'publish', file);
    expect([code, errors]).toEqual([2, expect.stringMatching(/never\.yaml:3: daysOff\.0\.from: /)]);
  }, 120_000);
});
