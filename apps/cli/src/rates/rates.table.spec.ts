import { ratesExample, unasked } from './rates.example.js';
import { tableOf } from './rates.table.js';

const shown = tableOf(ratesExample(unasked('施工队')));
const lineOf = (name: string) => shown.split('\n').filter((line) => line.includes(name));
const cells = (line = '') => line.split('│').map((cell) => cell.trim());

describe('the rates on a terminal', () => {
  it('have below the table of an office how sure they are, and the other rates with their samples', () => {
    expect(cells(lineOf('永丰物业')[1]).slice(1, -1)).toEqual([
      '永丰物业',
      '79.6–100.0',
      '70.1–98.9',
      '60.8–96.1',
      '83.3 (24)',
      '3',
      '1',
      '9.1 (22)',
      '5.6 (18)',
      '10.5 (19)',
    ]);
  });

  it('show no rate where nothing was counted', () =>
    expect(cells(lineOf('施工队')[1]).slice(2, 6)).toEqual(['–', '–', '–', '–']));

  it('have a row for the unlisted and the total in both', () => {
    expect(lineOf('│ 未列入').length + lineOf('│ 合计').length).toBe(4);
  });

  it('say the mean of the units beside the total, and by which day on time goes', () => {
    expect(shown).toContain('响应 100.0、解决 93.3、满意 86.0、综合 91.1');
    expect(shown).toContain('按应办结日计');
  });
});
