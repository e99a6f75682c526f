import { describe, expect, it } from 'vitest';
import { SEEDED_ASSET_ID } from '../../local/seed.ts';
import { wrongs } from './checks.ts';
import { missing } from './chromium.ts';
import { useConsole } from './console.ts';
import { button, inject, newest, state, status, steps, textOf } from './page.ts';
import { picture } from './picture.ts';

describe.skipIf(missing !== undefined)('the console in a browser', () => {
  const { open, standIn, start, stop } = useConsole();

  it('cancels by a click, and shows what happened', async () => {
    const page = await open();
    expect(await textOf(state(page))).toBe('waiting');
    await button(page, 'Cancel').click();
    await expect
      .poll(() => textOf(status(page)))
      .toBe(`${SEEDED_ASSET_ID}: cancelled. The queued transcode task was cancelled.`);
    await expect.poll(() => textOf(state(page))).toBe('not transcoded');
    await expect.poll(() => steps(page)).toEqual(['event', 'calls', 'line', 'ended']);
    expect(await textOf(newest(page).locator('[data-part=cancel]'))).toMatch(/^attempt 1 · [\d.]+ ms · 204$/);
    await newest(page).locator('[data-step=ended] summary').click();
    expect(await textOf(newest(page).locator('[data-step=ended] pre'))).toContain('"outcome": "cancelled"');
    expect(await wrongs(page)).toEqual([]);
  });

  it('cancels by the keyboard alone, and leaves the focus where it was', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText ?? ""',
      );
    for (let tabs = 0; tabs < 10 && (await focused()) !== `Cancel the transcode of ${SEEDED_ASSET_ID}`; tabs += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(state(page))).toBe('not transcoded');
    expect(await focused()).toBe(`Cancel the transcode of ${SEEDED_ASSET_ID}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`Queue a transcode of ${SEEDED_ASSET_ID}`);
    await page.keyboard.press('Space');
    await expect.poll(() => textOf(state(page))).toBe('waiting');
  });

  it('says at once that it cancels, with the time that passes, on the button too', async () => {
    await stop();
    await start({}, { settings: { VOD_ATTEMPT_TIMEOUT_MS: '60000' }, timeoutMs: 120_000 });
    const page = await open();
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    standIn()?.inject(async (exchange) => {
      await asked;
      exchange.send(await exchange.proceed());
    });
    await button(page, 'Cancel').click();
    expect(await textOf(status(page))).toBe(`Cancelling… ${SEEDED_ASSET_ID}`);
    expect(await textOf(button(page, 'Cancel'))).toBe('Cancelling…');
    expect(await button(page, 'Cancel').getAttribute('aria-busy')).toBe('true');
    await expect.poll(() => textOf(page.locator('#status-time'))).toMatch(/^[1-9]\d*\.\d s$/);
    await expect.poll(() => textOf(newest(page).locator('h3'))).toMatch(/running… [1-9]\d*\.\d s/);
    expect(await textOf(newest(page).locator('[data-part=cancel]'))).toMatch(/^attempt 1 · \d+ ms$/);
    await picture(page, 'console-busy');
    expect(await wrongs(page)).toEqual([]);
    answer();
    await expect.poll(() => textOf(status(page))).toContain('cancelled.');
    expect(await textOf(page.locator('#status-time'))).toBe('');
    expect(await textOf(button(page, 'Cancel'))).toBe('Cancel');
  });

  it('shows waits, attempts, backoff and status read on a time line', async () => {
    const page = await open();
    await inject(page, 'applied-504');
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toContain('ended');
    const parts = await newest(page).locator('[data-part]').all();
    const kinds = await Promise.all(parts.map((part) => part.getAttribute('data-part')));
    expect(kinds.filter((kind) => kind !== 'waited')).toEqual(['cancel', 'backoff', 'cancel', 'list']);
    expect(await textOf(newest(page).locator('[data-part=backoff]'))).toMatch(/^backoff · [\d.]+ ms$/);
  });

  it('supersedes through the event function', async () => {
    const page = await open();
    await button(page, 'Supersede').click();
    await expect.poll(() => textOf(status(page))).toContain('cancelled');
    await expect.poll(() => textOf(newest(page).locator('h3'))).toContain('cancel-superseded');
    expect(await textOf(newest(page).locator('h3'))).toContain(SEEDED_ASSET_ID);
  });

  it('injects a fault, shows every attempt, and clears faults', async () => {
    const page = await open();
    await inject(page, 'error-500');
    expect(await textOf(page.locator('#fault-list'))).toBe('error-500 × 1 (cancel)');
    await button(page, 'Cancel').click();
    await expect.poll(() => steps(page)).toEqual(['event', 'calls', 'line', 'ended']);
    const attempts = newest(page).locator('[data-part=cancel]');
    expect(await attempts.count()).toBe(2);
    expect(await textOf(attempts.first())).toMatch(/^attempt 1 · [\d.]+ ms · 500 · VOD\.10051 · fault: error-500$/);
    await page.locator('#fault-list li').waitFor({ state: 'detached' });
    await inject(page, 'hang');
    await page.getByRole('button', { name: 'Clear faults' }).click();
    await page.locator('#fault-list li').waitFor({ state: 'detached' });
    expect(standIn()?.waitingFaults()).toEqual([]);
  });
});
