import { parse } from 'csv-parse/sync';
import { csvOf } from './rates.csv.js';
import { ratesExample, unasked } from './rates.example.js';

const cellsOf = (csv: string): string[][] =>
  parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true });

describe('rates as CSV', () => {
  it('have the headers of an office, a line for each unit, for what nobody leads and for the sum', () => {
    const [header, ...rows] = cellsOf(csvOf(ratesExample(unasked('施工队'))));
    expect(header?.join()).toBe(
      '序号,承办单位,受理量,办结量,有效回访,联系数,解决数,满意数,基本满意,响应率,解决率,满意率,综合成绩,排名',
    );
    expect(rows.slice(0, 4).map((cells) => cells.join())).toEqual([
      '1,永丰物业,20,18,15,15,14,12,1,100.0,93.3,86.0,91.1,1',
      '2,施工队,3,2,0,0,0,0,0,,,,,',
      ',未列入,1,0,0,0,0,0,0,,,,,',
      ',合计,24,18,15,15,14,12,1,100.0,93.3,86.0,91.1,',
    ]);
  });

  it('say what they were made of', () => {
    const notes = cellsOf(csvOf(ratesExample())).slice(4).join('\n');
    expect(notes).toContain('海淀区  2026-10-24 – 2026-11-22');
    expect(notes).toContain('(48213)');
    expect(notes).toContain('海淀区@2');
    expect(notes).toContain('不足 5 件不排名');
    expect(notes).toContain('问及单位是否联系过的 15 件为准');
    expect(notes).toContain('名单内 2 个单位，其余计入未列入');
    expect(notes).toContain('不计入的类别 categories left out: 历史遗留');
  });

  it('begin with the mark of UTF-8 and end each line as spreadsheets do', () => {
    const csv = csvOf(ratesExample());
    expect([...Buffer.from(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://a","b")'])(
    'make no formula of a unit that is called %j',
    (name) => {
      expect(cellsOf(csvOf(ratesExample(unasked(name))))[2]?.[1]).toBe(`'${name}`);
    },
  );

  it.each(['110108123456789012', '123456789012', '007'])('leave the digits of %s as they are', (name) => {
    expect(csvOf(ratesExample(unasked(name)))).toContain(`\r\n2,"\t${name}",3,`);
  });

  it('keep a name with commas, quotes and lines in one cell', () => {
    const name = '甲, "乙"\n丙';
    expect(cellsOf(csvOf(ratesExample(unasked(name))))[2]?.[1]).toBe(name);
  });
});
