import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bundle, freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { startVod } from '../helpers/vod.ts';
import { OBJECT_WRAPPINGS, WRAPPINGS } from '../helpers/wrappings.ts';
import { findObject } from './find.ts';
import { canRun, LANGUAGES, type Language, runSnippet } from './run.ts';

const pageOf = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const page = pageOf('send-events.md');

interface Snippet {
  readonly section: string;
  readonly language: Language;
  readonly code: string;
}

const snippets: readonly Snippet[] = page.split(/^## /m).flatMap((text) =>
  [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, name, code = '']) => {
    const language = LANGUAGES.find((one) => one === name);
    return language === undefined ? [] : [{ section: text.split('\n')[0] ?? '', language, code }];
  }),
);

const isKey = ({ code }: Snippet): boolean => code.includes('superseded/');
const KEYS = snippets.filter(isKey);
const MESSAGES = snippets.filter((snippet) => !isKey(snippet));

const ENVIRONMENT = {
  OLD_ASSET_ID: ASSET_ID,
  REGION: 'cn-north-4',
  PROJECT_ID,
  TOKEN: 'TOKEN-EXAMPLE-NOT-A-SECRET',
  CHANNEL_ID: 'channel',
  EVENT_SOURCE: 'uploads',
  TOPIC_URN: 'urn:smn:cn-north-4:project:superseded',
  KAFKA_BROKERS: '127.0.0.1:1',
  QUEUE_URL: 'https://sqs.example/queue',
  FUNCTION_URN: 'urn:fss:cn-north-4:project:function:default:cancel-superseded:latest',
};

const text = (given: unknown): string => JSON.stringify(findObject(given, 'asset_id'));

/** What the platform makes of what the sender gave it. */
const DELIVERIES: Readonly<Record<string, (given: unknown, language: Language) => readonly unknown[]>> = {
  // Java's snippet shows its message only, not the event around it.
  EventGrid: (given, language) => [
    language === 'java' ? WRAPPINGS.cloudevents.wrap(text(given)) : findObject(given, 'specversion'),
  ],
  SMN: (given) => [WRAPPINGS.smn.wrap(text(given))],
  Kafka: (given) =>
    [WRAPPINGS.kafka, WRAPPINGS.msk, WRAPPINGS['self-managed-kafka']].map(({ wrap }) => wrap(text(given))),
  EventBridge: (given, language) => {
    const event = WRAPPINGS.eventbridge.wrap(text(given), language === 'java' ? undefined : detailType(given));
    return [event, WRAPPINGS.sqs.wrap(JSON.stringify(event))];
  },
  SQS: (given) => [WRAPPINGS.sqs.wrap(text(given))],
  'Direct calls': (given) => [WRAPPINGS.direct.wrap(text(given))],
};

const detailType = (given: unknown): string => String(findObject(given, 'DetailType')?.['DetailType']);

const vod = await startVod();
let bundle: Bundle;

beforeEach(() => {
  bundle = freshBundle('cancel-superseded');
  captureConsole();
});

async function outcomeOf(event: unknown, settings: Record<string, string> = {}): Promise<unknown> {
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
  const context = functionGraphContext({ settings: settingsFor(vod.origin, settings), remainingMs: 600_000 });
  const { results } = (await bundle.handler(event, context)) as { results: readonly { outcome: string }[] };
  return results.map(({ outcome }) => outcome);
}

describe.each(LANGUAGES)('the snippets in %s', (language) => {
  const inLanguage = MESSAGES.filter((snippet) => snippet.language === language);

  it.runIf(canRun(language)).each(inLanguage)(
    '$section: cancels before its not_after, and not after it',
    async (snippet) => {
      const started = Date.now();
      const given = await runSnippet(language, snippet.code, ENVIRONMENT);
      const notAfter = Date.parse(String(findObject(given, 'not_after')?.['not_after']));
      // The seconds of a shell's date have no fraction.
      expect(notAfter).toBeGreaterThanOrEqual(Math.floor(started / 1000) * 1000 + 3_600_000);
      expect(notAfter).toBeLessThanOrEqual(Date.now() + 3_600_000);
      const deliveries = DELIVERIES[snippet.section]?.(given, language) ?? [];
      expect(deliveries).not.toEqual([]);
      for (const event of deliveries) expect(await outcomeOf(event)).toEqual(['cancelled']);
      vi.spyOn(Date, 'now').mockReturnValue(notAfter + 1);
      for (const event of deliveries) expect(await outcomeOf(event)).toEqual(['ignored']);
    },
  );
});

describe('the keys of objects', () => {
  const [, pattern = ''] = /`ASSET_ID_KEY_PATTERN` to `([^`]+)`/.exec(page) ?? [];

  it.each(KEYS)('$code', async ({ language, code }) => {
    const given = JSON.stringify(await runSnippet(language, code, ENVIRONMENT));
    const [key = ''] = /superseded\/\w+/.exec(given) ?? [];
    for (const wrap of Object.values(OBJECT_WRAPPINGS)) {
      expect(await outcomeOf(wrap(key), { ASSET_ID_KEY_PATTERN: pattern })).toEqual(['cancelled']);
    }
  });
});

it('has each way in each language', () => {
  expect(new Set(MESSAGES.map(({ section }) => section))).toEqual(new Set(Object.keys(DELIVERIES)));
  for (const language of LANGUAGES) {
    const sections = new Set(MESSAGES.filter((one) => one.language === language).map(({ section }) => section));
    expect(sections.size).toBe(Object.keys(DELIVERIES).length);
  }
});

it('has the same snippets in Chinese', () => {
  const blocksOf = (text: string): readonly string[] => text.match(/```\w+\n[\s\S]*?```/g) ?? [];
  const english = blocksOf(page);
  const chinese = blocksOf(pageOf('send-events.zh-CN.md'));
  expect(chinese.length).toBeGreaterThan(10);
  expect(chinese.filter((block) => !english.includes(block))).toEqual([]);
});
