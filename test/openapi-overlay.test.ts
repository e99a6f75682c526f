import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type JsonObject = Record<string, unknown>;

/** An action of an OpenAPI overlay whose target names one place. */
interface Action {
  readonly target: string;
  readonly update?: JsonObject;
  readonly remove?: true;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `$.paths['/a'].delete` → `paths`, `/a`, `delete` */
const namesOf = (target: string): string[] =>
  Array.from(target.matchAll(/\.([\w-]+)|\['([^']+)'\]/g), ([, plain, quoted]) => plain ?? quoted ?? '');

/** Objects are merged, lists are appended to, anything else is replaced (OpenAPI Overlay 1.0, §4.4.3.2). */
function merge(into: unknown, update: unknown): unknown {
  if (Array.isArray(into) && Array.isArray(update)) return [...into, ...update];
  if (!isObject(into) || !isObject(update)) return update;
  const merged = Object.entries(update).map(([name, value]) => [name, name in into ? merge(into[name], value) : value]);
  return { ...into, ...Object.fromEntries(merged) };
}

/** @throws where there is nothing at the target: an overlay that has no effect is out of date */
function applied(at: unknown, [name, ...rest]: readonly string[], action: Action): unknown {
  if (name === undefined) return merge(at, action.update);
  if (!isObject(at) || !(name in at)) throw new Error(`${action.target}: there is no ${name}`);
  if (rest.length > 0 || !action.remove) return { ...at, [name]: applied(at[name], rest, action) };
  const { [name]: _removed, ...kept } = at;
  return kept;
}

/** As much of the overlay's specification as ours needs. */
function overlaid(document: JsonObject, actions: readonly Action[]): JsonObject {
  return actions.reduce((at, action) => applied(at, namesOf(action.target), action) as JsonObject, document);
}

describe('the overlay for APIG', () => {
  const [document, overlay] = ['openapi', 'openapi.apig-overlay'].map((name) =>
    parse(readFileSync(`docs/${name}.yaml`, 'utf8')),
  );
  const applied = overlaid(document, overlay.actions);

  it('puts the function behind every operation, and an app in front', () => {
    const operations = Object.values(applied['paths'] as object).flatMap(({ delete: one, post }) => [one, post]);
    expect(operations).toHaveLength(4);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        responses: expect.any(Object),
        'x-apigateway-request-type': 'private',
        'x-apigateway-backend': { type: 'FUNCTION', functionEndpoints: { 'invocation-type': 'sync' } },
      });
    }
    expect(applied['security']).toEqual([{ 'apig-auth-app': [] }]);
  });

  it('leaves nothing that OpenAPI 3.0 does not know', () => {
    expect(applied['openapi']).toBe('3.0.3');
    const text = JSON.stringify(applied);
    for (const later of ['"const"', '"type":"null"', '"type":[', '"identifier"', '"summary":"Cancels', '$schema']) {
      expect(text).not.toContain(later);
    }
    expect(text.match(/"nullable":true/g)).toHaveLength(2);
  });
});
