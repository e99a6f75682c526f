import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent } from '../../local/gateway/cloudevents.ts';

const ATTRIBUTES = {
  'ce-specversion': '1.0',
  'ce-id': 'A234',
  'ce-source': '/mycontext',
  'ce-type': 'vod.upload.superseded',
};

const CONTEXT = { specversion: '1.0', id: 'A234', source: '/mycontext', type: 'vod.upload.superseded' };

const read = (headers: Record<string, string>, body: string | Uint8Array) =>
  toEvent({ method: 'POST', target: '/events', headers, body: Buffer.from(body) });

describe('structured', () => {
  const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

  it('passes the event on as it is', () => {
    expect(read(headers, JSON.stringify({ ...CONTEXT, data: { asset_id: 'x' } }))).toEqual({
      ...CONTEXT,
      data: { asset_id: 'x' },
    });
  });

  it('wins over attributes in headers', () => {
    expect(read({ ...headers, ...ATTRIBUTES }, '{"specversion":"1.0"}')).toEqual({ specversion: '1.0' });
  });

  it('refuses what is not JSON', () => {
    expect(read(headers, '{')).toBeUndefined();
  });
});

describe('binary', () => {
  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.example+json'])(
    'reads the data of a %s body',
    (contentType) => {
      const headers = { ...ATTRIBUTES, 'content-type': contentType, 'ce-traceparent': '00-1-2-01', 'x-other': 'no' };
      expect(read(headers, '{"asset_id":"x"}')).toEqual({
        ...CONTEXT,
        traceparent: '00-1-2-01',
        datacontenttype: contentType,
        data: { asset_id: 'x' },
      });
    },
  );

  it('keeps any other body as base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (body) => {
        const event = read({ ...ATTRIBUTES, 'content-type': 'application/octet-stream' }, body);
        expect(event).toEqual({
          ...CONTEXT,
          datacontenttype: 'application/octet-stream',
          data_base64: Buffer.from(body).toString('base64'),
        });
      }),
    );
  });

  it('has no data without a body, and no content type without one', () => {
    expect(read(ATTRIBUTES, '')).toEqual(CONTEXT);
  });

  it('decodes attribute values, and leaves those alone that cannot be decoded', () => {
    const headers = { ...ATTRIBUTES, 'ce-subject': 'caf%C3%A9', 'ce-partitionkey': '100%' };
    expect(read(headers, '')).toMatchObject({ subject: 'café', partitionkey: '100%' });
  });

  it('takes nothing for an attribute that cannot be one', () => {
    expect(read({ ...ATTRIBUTES, 'ce-__proto__': 'x', 'ce-a-b': 'y' }, '')).toEqual(CONTEXT);
  });

  it('refuses a JSON body that is none', () => {
    expect(read({ ...ATTRIBUTES, 'content-type': 'application/json' }, 'nope')).toBeUndefined();
  });
});

describe('anything else', () => {
  it('is the event itself when it is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(read({ 'content-type': 'application/json' }, JSON.stringify(value))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it.each(['', '{', 'id=1'])('is refused as %j', (body) => {
    expect(read({}, body)).toBeUndefined();
  });
});
