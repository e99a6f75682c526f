import { describe, expect, it } from 'vitest';
import { usesOf } from '../../build/diet/uses.ts';

const unread = { path: [], chain: [] };

describe('usesOf', () => {
  it.each([
    ['a member', 'const x_1 = require("x"); x_1.sortBy;', [{ path: ['sortBy'], chain: [] }]],
    ['a member of a member', 'var x_1 = require("x"); x_1.Level.INFO;', [{ path: ['Level', 'INFO'], chain: [] }]],
    ['a call without `this`', 'const x_1 = require("x"); (0, x_1.get)(1);', [{ path: ['get'], chain: [] }]],
    [
      'what follows a call',
      'const x_1 = require("x"); (0, x_1.default)(")", f(")")).utc(0).format("a").length;',
      [{ path: ['default'], chain: ['utc', 'format', 'length'] }],
    ],
    ['what follows `new`', 'const x_1 = require("x"); new x_1.A(b).c();', [{ path: ['A'], chain: ['c'] }]],
    ['a module in a helper', 'const _ = __importStar(require("x")); _.a; my_._b;', [{ path: ['a'], chain: [] }]],
    [
      'each of several uses',
      'const x_1 = require("x"); x_1.a; x_1.b(x_1.c);',
      [
        { path: ['a'], chain: [] },
        { path: ['b'], chain: [] },
        { path: ['c'], chain: [] },
      ],
    ],
    ['no use at all', 'const x_1 = require("x"); const xx_1 = y.x_1;', []],
    ['the module itself', 'const x_1 = require("x"); exports.x = x_1;', [unread]],
    ['a computed member', 'const x_1 = require("x"); x_1["a"];', [unread]],
    ['a destructured module', 'const { a } = require("x");', [unread]],
    ['a module used in place', 'require("x").a;', [unread]],
    ['one import that can be read and one that cannot', 'const x_1 = require("x"); x_1.a; f(require("x"));', [unread]],
  ])('reads %s', (_, code, uses) => {
    expect(usesOf(code, 'x')).toEqual(uses);
  });
});
