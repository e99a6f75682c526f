import { describe, expect, it } from 'vitest';
import { usesOf } from '../../build/diet/uses.ts';

const unread: readonly string[] = [];

describe('usesOf', () => {
  it.each([
    ['a member', 'import { A } from "x";\nA.b;', [['A', 'b']]],
    ['a member of a member', 'import { A } from "x";\nf(A.b.c);', [['A', 'b', 'c']]],
    ['a call', 'import { f } from "x";\nf(1);', [['f']]],
    ['what follows `new`', 'import { A } from "x";\nnew A(b).c();', [['A']]],
    ['an import under another name', 'import { A as B } from "x";\nA.c;\nB.b;', [['A', 'b']]],
    ['several imports', 'import { A, f } from "x";\nf(A.b);', [['A', 'b'], ['f']]],
    [
      'each of several uses',
      'import { A } from "x";\nA.b(A.c);',
      [
        ['A', 'b'],
        ['A', 'c'],
      ],
    ],
    ['no use at all', 'import { A } from "x";\nconst AA = y.A;', []],
    ['an import that is handed on', 'import { A } from "x";\nexport const a = A;', [unread]],
    ['a computed member', 'import { A } from "x";\nA["b"];', [unread]],
    ['a whole module', 'import * as x from "x";\nx.A;', [unread]],
    ['a default import', 'import x from "x";\nx.A;', [unread]],
    ['an import of CommonJS', 'const x = require("x");\nx.A;', [unread]],
    ['one import that can be read and one that cannot', 'import { A } from "x";\nA.b;\nexport * from "x";', [unread]],
  ])('reads %s', (_, code, uses) => {
    expect(usesOf(code, 'x')).toEqual(uses);
  });
});
