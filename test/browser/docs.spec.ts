import { openTown, type Town } from '../http/town.js';
import { type Browser, describeInBrowser, openBrowser } from './browser.fixture.js';

describeInBrowser('/docs in a browser', () => {
  let town: Town;
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
    town = await openTown();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await town?.leave();
  }, 60_000);

  it('lets a volunteer log a request without leaving the page', async () => {
    const page = await (browser as Browser).context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${town.url}/docs`);
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.locator('.auth-container input').fill(town.tokens.volunteer);
    await page.locator('.auth-btn-wrapper .authorize').click();
    await page.locator('.auth-btn-wrapper .btn-done').click();

    const log = page.locator('.opblock-post').filter({ has: page.locator('[data-path="/v1/requests"]') });
    await log.locator('.opblock-summary').click();
    await log.locator('.execute').click();
    const answered = log.locator('.live-responses-table .response-col_status').last();
    await answered.waitFor();
    expect(await answered.innerText()).toMatch(/^201/);
    expect(await log.locator('.live-responses-table').innerText()).toMatch(/YFXJ-\d{6}-/);
    expect(faults).toEqual([]);
    const screenshot = process.env['SCREENSHOT'];
    if (screenshot) await page.screenshot({ path: screenshot });
  }, 300_000);
});
