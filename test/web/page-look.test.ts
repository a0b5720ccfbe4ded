import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { TEXTS } from '../../adapters/web/page/texts.ts';
import { fixture, useStage } from './browser.ts';

const stage = useStage();

/** Brings everything onto the page that there is to see. */
async function fill(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: /Try one|하나 골라/ })
    .getByRole('button')
    .first()
    .click();
  await page.getByText('with 1 images').waitFor();
  await page.locator('#files').setInputFiles([fixture('wide.png'), fixture('tall.jpg')]);
  await page.keyboard.type('/');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
}

/** Text on the page whose contrast with what is behind it falls below the 4.5 of WCAG AA. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const luminance = (colors: string[]): number => {
      context?.clearRect(0, 0, 1, 1);
      for (const color of colors) {
        if (context) context.fillStyle = color;
        context?.fillRect(0, 0, 1, 1);
      }
      const [r = 0, g = 0, b = 0] = [...(context?.getImageData(0, 0, 1, 1).data ?? [])].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgrounds = (element: Element | null): string[] =>
      element ? [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
    return [...document.querySelectorAll('body *:not(noscript)')]
      .filter((element) => hasText(element) && element.checkVisibility())
      .filter((element) => {
        const behind = backgrounds(element);
        const [light, dark] = [luminance([...behind, getComputedStyle(element).color]), luminance(behind)].sort(
          (a, b) => b - a,
        );
        return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05) < 4.5;
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`);
  });
}

/** Roles and names of all that can be operated, as a screen reader gets them. */
async function controls(page: Page): Promise<{ role: string; name: string }[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const roles = [
    'button',
    'link',
    'combobox',
    'textbox',
    'option',
    'listbox',
    'dialog',
    'progressbar',
    'image',
    'table',
  ];
  return nodes
    .filter((node) => !node.ignored && roles.includes(node.role?.value))
    .map((node) => ({ role: node.role?.value, name: node.name?.value ?? '' }));
}

describe('languages', () => {
  test('the language of the browser at first, the one chosen from then on', async () => {
    const page = await stage.open({ locale: 'ko-KR' });
    expect(await page.title()).toBe('Cliplens: CLIP은 무엇을 볼까요?');
    expect(await page.getAttribute('html', 'lang')).toBe('ko');
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();
    expect(await page.title()).toBe('Cliplens: what does CLIP see?');
    expect(await page.getByRole('button', { name: 'English' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('in Korean everything is Korean, and commands are asked in it', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: '한국어' }).click();
    await fill(page);
    expect(stage.web.requests[0]?.locale).toBe('ko');
    expect(stage.web.requests[0]?.options.labels).toMatch(/^[가-힣 ,]+$/);
    expect(await page.locator('.option-about').first().textContent()).toBe('맞는 라벨 찾기');
    const names = (await controls(page)).map(({ name }) => name);
    const foreign = names.filter((name) => /[a-z]{3}/i.test(name) && !/[가-힣]/.test(name));
    // Names of files, and what the fake answers.
    expect(
      foreign.filter(
        (name) =>
          !/\.(png|jpg)$|English|A wide picture|Another template|Other labels|{label}|clip-7|Try plain|Show labels|Scores/.test(
            name,
          ),
      ),
    ).toEqual([]);
  });

  test('the page asks for no text that is missing', async () => {
    const html = await readFile(new URL('../../adapters/web/page/index.html', import.meta.url), 'utf8');
    const asked = [...html.matchAll(/data-(?:text|name|placeholder)="(\w+)"/g)].map(([, name]) => name);
    for (const { page } of Object.values(TEXTS)) expect(new Set(Object.keys(page))).toEqual(new Set(asked));
  });
});

describe('for every eye', () => {
  test.each(['light', 'dark'] as const)('texts stand out in %s', async (colorScheme) => {
    const page = await stage.open({ colorScheme });
    await fill(page);
    expect(await faintTexts(page)).toEqual([]);
    stage.web.handler = () => ({ kind: 'error', code: 'busy', message: 'Too many requests.' });
    await page.getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ }).fill('cat');
    await page.keyboard.press('Enter');
    await page.getByText('Too many requests.').waitFor();
    expect(await faintTexts(page)).toEqual([]);
  });

  test('every control has the letters of the page, Korean ones among them', async () => {
    const page = await stage.open({ locale: 'ko-KR' });
    await fill(page);
    const fonts = await page.evaluate(() => {
      const controls = [document.body, ...document.querySelectorAll('button, select, textarea')];
      return [...new Set(controls.map((control) => getComputedStyle(control).fontFamily))];
    });
    expect(fonts).toHaveLength(1);
  });

  test('dark is dark', async () => {
    const page = await stage.open({ colorScheme: 'dark' });
    const [ground] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []);
    expect(Number(ground)).toBeLessThan(60);
  });

  test.each(['en-US', 'ko-KR'])('a phone of 360 pixels needs no scrolling aside, in %s', async (locale) => {
    const page = await stage.open({ locale, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    await fill(page);
    const overflow = await page.evaluate(() => {
      const beyond = (element: Element) => element.getBoundingClientRect().right > 360 && !element.closest('.table');
      return [...document.querySelectorAll('body *')].filter(beyond).map((element) => element.outerHTML.slice(0, 80));
    });
    expect(overflow).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    // Below 16 pixels, phones zoom in on the line when it is touched.
    const size = await page
      .getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ })
      .evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize));
    expect(size).toBeGreaterThanOrEqual(16);
  });

  test('nothing moves for those who asked for that', async () => {
    const page = await stage.open({ reducedMotion: 'reduce' });
    await fill(page);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

describe('without a mouse or without sight', () => {
  test('all that can be operated has a name', async () => {
    const page = await stage.open();
    await fill(page);
    const found = await controls(page);
    expect(found.filter(({ name }) => name === '')).toEqual([]);
    const roles = new Set(found.map(({ role }) => role));
    expect(roles).toEqual(new Set(['button', 'link', 'combobox', 'option', 'listbox', 'image', 'table']));
  });

  test('from the page opened to the answer read, with keys alone', async () => {
    const page = await stage.open();
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let steps = 0; steps < 40; steps += 1) {
        if (name.test((await focused()) ?? '')) return;
        await page.keyboard.press('Shift+Tab');
      }
      throw new Error(`no way to ${name}`);
    };
    expect(await focused()).toBe('Labels or a command');
    await tabTo(/cat/i);
    const outline = await page.evaluate(
      () => document.activeElement && getComputedStyle(document.activeElement).outlineStyle,
    );
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.getByText('with 1 images').waitFor();
    await page.getByRole('combobox', { name: /^(Labels or a command|라벨 또는 명령)$/ }).focus();
    await tabTo(/^Open large: A wide picture/);
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Close');
    await page.keyboard.press('Enter');
    expect(await focused()).toMatch(/^Open large: A wide picture/);
    await tabTo(/한국어/);
    await page.keyboard.press('Space');
    expect(await page.title()).toContain('무엇');
  });
});
