import {
  type QueriesApplication,
  analyst,
  auditor,
  handler,
  startQueries,
  tokenOf,
  volunteer,
} from '../spec/queries.application.js';
import { property } from '../spec/town.js';
import { type Bar, Picture } from './picture.js';

const hostile = `<script>alert(1)</script>&"'区`;
const path = (district: string, query = '?month=2026-11') =>
  `/v1/districts/${encodeURIComponent(district)}/statistics.svg${query}`;

const figures = (bars: Bar[]) => bars.map(({ figure }) => figure);
// As high as its figure is large: the same pixels for one request throughout a picture.
function expectHeights(bars: Bar[], values: number[]): void {
  const most = Math.max(...values);
  const pixels = (bars[values.indexOf(most)]?.height ?? 0) / most;
  expect(pixels).toBeGreaterThan(1);
  bars.forEach(({ height }, index) =>
    expect(Math.abs(height - pixels * (values[index] as number))).toBeLessThan(1),
  );
}

describe('a district’s month, drawn', () => {
  let app: QueriesApplication;
  beforeAll(async () => {
    app = await startQueries();
    const { town } = app;
    await town.open('YFXJ');
    await town.open('EVIL', { district: hostile });
    const log = async (day: string, hours?: number) => {
      const at = `2026-${day}T02:00:00.000Z`;
      const id = await town.log('YFXJ', at);
      if (hours === undefined) return;
      const end = new Date(Date.parse(at) + hours * 3_600_000).toISOString();
      await town.act(id, end, { type: 'Assign', data: { to: property } });
      await town.act(id, end, { type: 'Resolve', data: { outcome: '已处理' } });
    };
    await log('10-20');
    for (const hours of [1, 2, 3, 30]) await log('11-01', hours);
    for (const hours of [24, 100, 200, undefined]) await log('11-03', hours);
    await log('11-30');
    await log('12-01', 1);
    await town.log('EVIL', '2026-11-02T02:00:00.000Z');
  }, 120_000);
  afterAll(() => app.close());

  const ask = async (address: string, as = auditor) => {
    const headers = {
      authorization: `Bearer ${tokenOf(as)}`,
      'accept-language': 'en',
      'consistency-token': `${app.town.position}@everything`,
      prefer: 'wait=20',
    };
    const answer = await fetch(app.url + address, { headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const draw = async (district: string) => new Picture((await ask(path(district))).text);
  const statistics = async () =>
    (
      await app.get(
        `/v1/districts/${encodeURIComponent('海淀区')}/statistics?from=2026-11-01&to=2026-11-30`,
        auditor,
      )
    ).body;

  it('shows what the statistics say of each day, the days without any as well', async () => {
    const [picture, { byDay }] = [await draw('海淀区'), await statistics()];
    const on = (figure: string) =>
      Array.from({ length: 30 }, (_, index) => {
        const day = `2026-11-${String(index + 1).padStart(2, '0')}`;
        return (byDay.find((one: { day: string }) => one.day === day)?.[figure] ?? 0) as number;
      });
    for (const [series, figure] of ['logged', 'resolved'].entries()) {
      const bars = picture.bars(series);
      expect(figures(bars).map(Number)).toEqual(on(figure));
      expectHeights(bars, on(figure));
    }
    expect(on('logged').filter(Boolean)).toEqual([4, 4, 1]);
    expect(on('resolved').filter(Boolean)).toEqual([4, 3]);
  });

  it('shows what is open by age, also of earlier months', async () => {
    const [picture, { openByAge }] = [await draw('海淀区'), await statistics()];
    const open = openByAge.ages.map((age: { open: number }) => age.open) as number[];
    expect(open.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(figures(picture.bars(2)).map(Number)).toEqual(open);
    expectHeights(picture.bars(2), open);
  });

  it('shows how long resolving took', async () => {
    const [picture, { whole, resolvedByHours }] = [await draw('海淀区'), await statistics()];
    const resolved = resolvedByHours.map((one: { resolved: number }) => one.resolved) as number[];
    expect(resolved).toEqual([2, 2, 1, 1, 1]);
    expect(figures(picture.bars(3)).map(Number)).toEqual(resolved);
    expectHeights(picture.bars(3), resolved);
    const { n, median, p90 } = whole.hoursToResolution;
    expect(picture.texts.join('\n')).toContain(
      `中位数 median ${median}，九成不超过 90th percentile ${p90}（n=${n}）`,
    );
  });

  it('says of what district, month and position it is', async () => {
    const { texts } = await draw('海淀区');
    expect(texts).toContain('海淀区  2026年11月  诉求统计');
    expect(texts.join('\n')).toContain(`（位置 position ${app.town.position}）`);
  });

  it('is the same to the byte as long as nothing happens', async () => {
    expect((await ask(path('海淀区'))).text).toBe((await ask(path('海淀区'))).text);
  });

  it('writes names as they are and runs, loads and links nothing', async () => {
    const { text, headers } = await ask(path(hostile));
    const picture = new Picture(text);
    expect(picture.texts).toContain(`${hostile}  2026年11月  诉求统计`);
    expect([...new Set(picture.elements.map(({ tagName }) => tagName))].sort()).toEqual(
      expect.arrayContaining(['path', 'rect', 'svg', 'text']),
    );
    for (const { tagName, attributes } of picture.elements) {
      expect(['svg', 'g', 'rect', 'path', 'text', 'defs', 'clipPath']).toContain(tagName);
      for (const { name, value } of attributes) {
        expect(name).not.toMatch(/^on|href/i);
        if (!name.startsWith('xmlns')) expect(value).not.toMatch(/https?:|url\((?!#)|javascript:/i);
      }
    }
    expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is of the present month where none is named', async () => {
    const [year, month] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
      .format(new Date())
      .split('-');
    const { text } = await ask(path('海淀区', ''));
    expect(text).toContain(`${Number(year)}年${Number(month)}月`);
  });

  it.each(['2026-13', '2026-1', '202611', 'now'])('is not of the month %s', async (month) => {
    const { status, text } = await ask(path('海淀区', `?month=${month}`));
    expect([status, JSON.parse(text).errors]).toEqual([
      400,
      [{ field: 'month', message: 'must be a year and a month, e.g. 2026-11' }],
    ]);
  });

  it('is for those who may see the statistics', async () => {
    expect((await ask(path('海淀区'), analyst)).status).toBe(200);
    expect((await ask(path('海淀区'), volunteer)).status).toBe(200);
    expect((await ask(path('海淀区'), handler)).status).toBe(403);
    expect((await ask(path('海淀区'), { ...auditor, district: '朝阳区' })).status).toBe(403);
    expect((await ask(path('无此区'))).status).toBe(404);
  });
});
