import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { openTown, type Town } from '../http/town.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const absent = `Not tested: there is no browser at ${executablePath}. Install chromium or set CHROMIUM_PATH.`;
const present = existsSync(executablePath);
if (!present && process.env['CI'] !== 'true') console.warn(absent);

(present || process.env['CI'] === 'true' ? describe : describe.skip)('/docs in a browser', () => {
  let town: Town;
  let profile: string;
  let browser: BrowserContext | undefined;
  beforeAll(async () => {
    if (!present) throw new Error(absent);
    town = await openTown();
    profile = await mkdtemp(join(tmpdir(), 'yizhan-browser-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: flags,
      headless: true,
      timeout: 120_000,
    });
    browser.setDefaultTimeout(120_000);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await rm(profile, { recursive: true, force: true });
    await town.leave();
  }, 60_000);

  it('lets a volunteer log a request without leaving the page', async () => {
    const page = await (browser as BrowserContext).newPage();
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
