import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

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
const required = process.env['CI'] === 'true';
if (!present && !required) console.warn(absent);

/** Skipped, after saying so, where there is no browser; with `CI=true` it fails instead. */
export const describeInBrowser = present || required ? describe : describe.skip;

export type Browser = { context: BrowserContext; close: () => Promise<void> };

/** Chromium with a profile of its own. */
export async function openBrowser(): Promise<Browser> {
  if (!present) throw new Error(absent);
  const profile = await mkdtemp(join(tmpdir(), 'yizhan-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    headless: true,
    timeout: 120_000,
  });
  context.setDefaultTimeout(120_000);
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}
