import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type FakeWeb, startFake } from './fake.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of `CHROMIUM_PATH`, else the first on the path under one of its names. */
function findChromium(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))).find(isExecutable);
  if (!found)
    throw new Error('The page is tested in Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.');
  return found;
}

function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
}

/** What the tests of the page share: a fresh server and a way to open the page. */
interface Stage<Web> {
  web: Web;
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** Sets the stage for the tests of a file, on a server that answers as it is told. */
export function useStage(): Stage<FakeWeb> {
  return useStageOn(startFake);
}

/**
 * Sets the stage on a server that is started for each test. Each test also fails where the page logged an error, broke its own
 * policy or reached for another host.
 */
export function useStageOn<Web extends Pick<FakeWeb, 'address' | 'stop'>>(start: () => Promise<Web>): Stage<Web> {
  let browser: Browser;
  let web: Web;
  let problems: string[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    web = await start();
    problems = [];
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await web.stop();
    expect(problems).toEqual([]);
  });

  return {
    get web() {
      return web;
    },
    async open(options = {}) {
      const context = await browser.newContext({ locale: 'en-US', ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        // An answer with an error status is part of the game; the browser logs it all the same.
        const isStatus = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isStatus) problems.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(web.address) && !request.url().startsWith('blob:')) problems.push(request.url());
      });
      await page.goto(web.address);
      await page.locator('#samples button').first().waitFor();
      await page.locator('#slash:enabled').waitFor();
      return page;
    },
  };
}

/** A fixture image as a file to choose, drop or paste. */
export function fixture(name: string): string {
  return join(import.meta.dirname, '..', 'fixtures', 'images', name);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
