import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from '../../local/listen.ts';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';
import { wrongs } from './checks.ts';
import { missing } from './chromium.ts';
import { useConsole } from './console.ts';
import { button, newest, row, state, status, steps, textOf } from './page.ts';
import { picture } from './picture.ts';

describe.skipIf(missing !== undefined)('the console in a browser', () => {
  const { errors, start, stop, open, standIn, origin } = useConsole();

  it('names the asset of each invocation, finds invocations, and clears the list', async () => {
    const page = await open();
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    const ids = Array.from({ length: 25 }, (_, index) => String(index).padStart(32, 'c'));
    await page.evaluate(
      `fetch('/events', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ asset_ids: ${JSON.stringify(ids)} }) })`,
    );
    await expect.poll(() => textOf(newest(page).locator('h3'))).toContain('25 not found');
    expect(await textOf(newest(page).locator('h3'))).toMatch(/cancel-superseded\s+c+\d+\s+\+ 24/);
    expect(await textOf(page.locator('#feed > li').last().locator('h3'))).toContain(SEEDED_ASSET_ID);
    const visible = page.locator('#feed > li:visible');
    const functionName = page.getByRole('combobox', { name: 'Function' });
    await page.getByLabel('Asset id contains').fill('c24');
    await expect.poll(() => visible.count()).toBe(1);
    await functionName.selectOption('cancel-http');
    await expect.poll(() => textOf(page.locator('#feed-unmatched'))).toBe('No invocation matches the filter.');
    await page.getByLabel('Asset id contains').fill('');
    await expect.poll(() => textOf(visible.locator('h3'))).toContain('cancel-http');
    await functionName.selectOption('');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('not_found');
    await expect.poll(() => textOf(visible.locator('h3'))).toContain('cancel-superseded');
    await page.getByRole('button', { name: 'Clear list' }).click();
    expect(await page.locator('#feed > li').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.id')).toBe('feed-title');
  });

  it('says of a new asset what is wrong with its id, and that it is there already', async () => {
    const page = await open();
    const input = page.getByLabel('Asset id (empty: any)');
    await input.fill('NOT-AN-ID');
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    const problem = 'An asset id has 32 lower-case hexadecimal digits (0–9, a–f).';
    expect(await page.evaluate('document.getElementById("add-id").validationMessage')).toBe(problem);
    expect(await page.locator('#add-id:user-invalid').count()).toBe(1);
    expect(await textOf(status(page))).toBe('none yet');
    expect(await wrongs(page)).toEqual([]);
    await input.fill(SEEDED_ASSET_ID);
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    await expect.poll(() => textOf(status(page))).toContain('An asset with this id already exists');
    // The browser reports the answer's status.
    expect(errors.splice(0).every((text) => text.includes('409'))).toBe(true);
  });

  it('explains each fault, by group', async () => {
    const page = await open();
    const menu = page.locator('#fault-name');
    expect(await menu.locator('optgroup').count()).toBeGreaterThan(4);
    await menu.selectOption('applied-504');
    expect(await textOf(page.locator('#fault-about'))).toBe('VOD cancels, but its gateway answers 504.');
    await page.getByRole('link', { name: '中文' }).click();
    await page.locator('[lang=zh-CN] #link.ok').waitFor();
    await menu.selectOption('applied-504');
    expect(await textOf(page.locator('#fault-about'))).toBe('VOD 执行了取消，但网关应答 504。');
    expect(await menu.locator('optgroup').first().getAttribute('label')).toBe('取消已执行，但看不到应答');
    expect(await page.getByRole('combobox', { name: '作用于' }).locator('option').first().textContent()).toBe('默认');
  });

  it('moves by itself, queues a new asset, and comes back after a break', async () => {
    const page = await open();
    await page.getByLabel('Asset id (empty: any)').fill('a'.repeat(32));
    await page.getByRole('combobox', { name: 'Waits' }).selectOption('5');
    await page.getByRole('button', { name: 'Queue transcode' }).click();
    await expect.poll(() => textOf(state(page, 'a'.repeat(32)))).toBe('waiting');
    standIn()?.assets.put('a'.repeat(32), { transcodeStatus: 'WAITING_TRANSCODE', waitMs: 100, transcodeMs: 300 });
    await expect.poll(() => textOf(state(page, 'a'.repeat(32)))).toBe('transcoded');
    const port = Number(new URL(origin()).port);
    await stop();
    // Any connection could take a free port, so another server keeps it until the console is back.
    const keeper = createServer((socket) => socket.destroy());
    await listen(keeper, port);
    await expect.poll(() => textOf(page.locator('#link'))).toContain('connection lost');
    await button(page, 'Cancel').click();
    await expect.poll(() => textOf(status(page))).toContain('The gateway did not answer');
    await new Promise((closed) => keeper.close(closed));
    await start({}, { port });
    await expect.poll(() => textOf(page.locator('#link'))).toBe('live');
    await row(page, 'a'.repeat(32)).waitFor({ state: 'detached' });
    // The break is what was wanted here; the browser reports it.
    expect(errors.splice(0).every((text) => text.includes('ERR_'))).toBe(true);
  });

  it('is loud about the real VOD, offers what makes sense, and asks first', async () => {
    await stop();
    const place = 'http://127.0.0.1:1';
    await start({
      HUAWEICLOUD_SDK_AK: 'AK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_SK: 'SK-EXAMPLE-ENV',
      HUAWEICLOUD_SDK_PROJECT_ID: 'f'.repeat(32),
      VOD_ENDPOINT: place,
    });
    const page = await open();
    expect(await textOf(page.locator('#real'))).toContain(`This is the real VOD, with your own credentials.`);
    expect(await textOf(page.locator('#real'))).toContain(`VOD_ENDPOINT=${place}`);
    for (const id of ['assets', 'add', 'faults']) expect(await page.locator(`#${id}`).isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'Asset id', exact: true }).fill(SEEDED_ASSET_ID);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await picture(page, 'console-real');
    expect(await wrongs(page)).toEqual([]);
    await page.getByRole('button', { name: 'No, go back' }).click();
    expect(await page.locator('#feed > li').count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Yes, go on' }).click();
    // The functions read this process's environment, which has no key.
    await expect.poll(() => textOf(status(page))).toContain('failed');
    expect(errors.splice(0).every((text) => text.includes('the server responded with a status'))).toBe(true);
  });
});
