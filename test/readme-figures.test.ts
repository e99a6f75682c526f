import { describe, expect, it } from 'vitest';
import { README_WORDS, type ReadmePage, readReadme, withFigures } from '../build/readme-figures.ts';

const PERFORMANCE = `
|  | this run |
| --- | --- |
| date | 2026-01-02 |
| processor | Abacus, 2 cores |
| load before the run | 0.50 |
| Node | v20.0.0 |

| goal | verdict |
| --- | ---: |
| small | reached |
| fast | **missed** |

|  | \`cancel-http\` | hand-signed floor |
| --- | ---: | ---: |
| size after gzip -9, bytes | 23,000 | 1,000 |
| cold: first line to first result, ms | 30.0 | 20.0 |
| warm call, p50, µs | 600 | 500 |
| calls per second, 50 in flight | 1,000 | 2,000 |
| peak RSS after 1,000 cancels, kB | 66,000 | – |

| ÷ floor | \`cancel-http\` |
| --- | ---: |
| cold: first line to first result | 1.51 |
| warm call, p50 | 1.21 |
| calls per second, 50 in flight | 0.52 |
`;

const PAGE = 'before\n<!-- figures: npm run figures -->\n1,234\n<!-- /figures -->\nafter\n';

describe('the figures in the READMEs', () => {
  it.each(Object.keys(README_WORDS) as ReadmePage[])('%s has those of docs/performance.md', (page) => {
    const readme = readReadme(page);
    expect(readme, 'npm run figures brings them up to date').toBe(withFigures(readme, page));
  });

  it('come with date, machine, goals and ratios', () => {
    const page = withFigures(PAGE, 'README.md', PERFORMANCE);
    expect(page).toContain(
      '`npm run bench` of 2026-01-02, Abacus, 2 cores, Node v20.0.0, load before the run 0.50; 1 of 2 goals reached:',
    );
    expect(page).toContain('| warm call, p50, µs | 600 (×\u00a01.21) | 500 |');
    expect(page).toContain('| calls per second, 50 in flight | 1,000 (×\u00a00.52) | 2,000 |');
    expect(page).toContain('| size after gzip -9, bytes | 23,000 | 1,000 |');
    expect(page).not.toContain('1,234');
    expect(page).toMatch(/^before\n[\s\S]*\nafter\n$/);
  });

  it('are not made up where the bench has none', () => {
    const without = PERFORMANCE.replace(/^\| warm.*\n/m, '');
    expect(() => withFigures(PAGE, 'README.zh-CN.md', without)).toThrow('warm call, p50, µs');
    expect(() => withFigures('no place', 'README.md', PERFORMANCE)).toThrow('README.md has no line');
  });
});
