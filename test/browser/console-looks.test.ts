import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { wrongs } from './checks.ts';
import { missing } from './chromium.ts';
import { useConsole } from './console.ts';
import { button, inject, newest, RUNNING_ASSET, state, status, steps, textOf } from './page.ts';
import { picture } from './picture.ts';

/** What a picture should show: a doubtful cancel that was settled, one that came too late, and a fault that waits. */
async function makeAStory(page: Page): Promise<void> {
  await button(page, 'Supersede', RUNNING_ASSET).click();
  await expect.poll(() => textOf(status(page))).toContain('not queued');
  await inject(page, 'applied-504');
  await button(page, 'Cancel').click();
  await expect.poll(() => textOf(state(page))).toBe('not transcoded');
  // The state changes with the first attempt. The answer comes after the second one.
  await expect.poll(() => textOf(status(page))).toContain(': cancelled');
  await inject(page, 'hang');
  await page.evaluate('scrollTo(0, 0)');
}

describe.skipIf(missing !== undefined)('the console in a browser', () => {
  const { errors, open, origin } = useConsole();

  it('speaks Chinese, and remembers it', async () => {
    const page = await open();
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    await inject(page, 'not-found-404');
    await button(page, 'Cancel', RUNNING_ASSET).click();
    await expect.poll(() => steps(page)).toContain('ended');
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    expect(await textOf(page.locator('h1'))).toBe('转码取消控制台');
    expect(await textOf(newest(page).locator('h3'))).toContain('媒资不存在');
    expect(await textOf(newest(page))).toContain('VOD 中没有此 ID 的媒资。');
    await button(page, '取消', RUNNING_ASSET).click();
    await expect.poll(() => textOf(status(page))).toBe(`${RUNNING_ASSET}：不在队列中。转码任务已经开始，无法再取消。`);
    // What is left is names: of functions, codes, the project and what events hold.
    await page.evaluate('document.getElementById("fault-name").remove()');
    const shown = await page.locator('body').innerText();
    const names =
      /cancel-(?:http|superseded)|not-found-404|\/assets\/|\/transcode-task|[0-9a-f]{32}|HTTP|DELETE|INFO|VOD(?:\.\d+)?|English|ID|JSON/g;
    expect(shown.replace(names, '').match(/[A-Za-z]{2,}/g)).toEqual(null);
    expect(errors.splice(0).every((text) => /40[49]/.test(text))).toBe(true);
    await page.goto(origin());
    await page.getByRole('link', { name: 'English' }).waitFor();
    expect(await wrongs(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await makeAStory(page);
    await picture(page, `console-${colorScheme}`);
    expect(await wrongs(page)).toEqual([]);
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    await picture(page, `console-${colorScheme}.zh-CN`);
    expect(await wrongs(page)).toEqual([]);
  });

  it.each([320, 360, 400])('can be read on a phone %d wide', async (width) => {
    const page = await open({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    await button(page, 'Cancel').tap();
    await expect.poll(() => textOf(status(page))).toContain('cancelled');
    expect(await wrongs(page)).toEqual([]);
    expect(await page.getByRole('list', { name: 'Assets' }).getByRole('listitem').count()).toBe(8);
    expect((await button(page, 'Cancel').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    if (width === 360) await picture(page, 'console-phone');
    await page.getByRole('link', { name: /^Invocations/ }).tap();
    await expect
      .poll(() => page.evaluate('document.getElementById("feed-title").getBoundingClientRect().top'))
      .toBeLessThan(400);
    if (width === 360) await picture(page, 'console-phone-feed');
    await page.getByRole('link', { name: '中文' }).tap();
    await page.getByRole('heading', { name: '调用记录' }).waitFor();
    expect(await wrongs(page)).toEqual([]);
    if (width === 360) await picture(page, 'console-phone.zh-CN');
  });
});
