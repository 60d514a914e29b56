import { openTown, type Town, here } from '../http/town.js';
import { type Browser, describeInBrowser, openBrowser } from './browser.fixture.js';

type Box = { text: string; left: number; top: number; right: number; bottom: number };

describeInBrowser('the chart of a month in a browser', () => {
  let town: Town;
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
    town = await openTown();
    for (const count of [0, 1, 2]) await town.inState(count === 0 ? 'logged' : 'resolved');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await town?.leave();
  }, 60_000);

  it('has every word on the picture and none over another', async () => {
    const page = await (browser as Browser).context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.setExtraHTTPHeaders({
      authorization: `Bearer ${town.tokens.analyst}`,
      'consistency-token': `${await town.events.head()}@everything`,
      prefer: 'wait=30',
    });
    const answer = await page.goto(
      `${town.url}/v1/districts/${encodeURIComponent(here.district)}/statistics.svg`,
    );
    expect(answer?.headers()['content-type']).toMatch(/^image\/svg\+xml/);

    const { width, height } = await page
      .locator('svg')
      .first()
      .evaluate((svg) => svg.getBoundingClientRect());
    const words: Box[] = await page
      .locator('svg text')
      .evaluateAll((texts) =>
        texts
          .map((text) => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() }))
          .map(({ text, box: { left, top, right, bottom } }) => ({ text, left, top, right, bottom })),
      );
    expect(words.map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringContaining('当月登记 logged 3，其中已办结 resolved 2')]),
    );
    const outside = words.filter(
      ({ left, top, right, bottom }) => left < 0 || top < 0 || right > width || bottom > height,
    );
    expect(outside).toEqual([]);
    const covered = words.flatMap((one, index) =>
      words.slice(index + 1).flatMap((other) => (overlap(one, other) ? [[one.text, other.text]] : [])),
    );
    expect(covered).toEqual([]);
    expect(faults).toEqual([]);
    const screenshot = process.env['SCREENSHOT'];
    if (screenshot) await page.screenshot({ path: screenshot });
  }, 300_000);
});

const overlap = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
