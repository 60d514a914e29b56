import { restOfDay } from './day.js';
import { callbackWords, dueWords, lasting, waitingWords } from './today.words.js';

const zone = 'Asia/Shanghai';
const now = '2026-11-22T02:00:00.000Z';
const said = ({ zh, en }: { zh: string; en: string }) => `${zh} | ${en}`;

describe('how long something has lasted', () => {
  it.each([
    [0, '不到1分钟 | less than a minute'],
    [1, '1分钟 | 1 min'],
    [60, '1小时 | 1 h'],
    [61, '1小时1分钟 | 1 h 1 min'],
    [1_620, '1天3小时 | 1 d 3 h'],
    [1_621, '1天3小时 | 1 d 3 h'],
    [1_445, '1天5分钟 | 1 d 5 min'],
    [144_000, '100天 | 100 d'],
  ])('%i minutes are told in two units', (minutes, words) => expect(said(lasting(minutes))).toBe(words));
});

const due = (kind: 'acceptance' | 'first-contact' | 'resolution', at: string) =>
  said(dueWords(kind, at, restOfDay(now, zone), zone));

describe('what is said of a request today', () => {
  it('is by how much it is overdue', () =>
    expect(due('resolution', '2026-11-20T23:00:00.000Z')).toBe(
      '办结已超期1天3小时 | resolution overdue by 1 d 3 h',
    ));
  it('is the clock time at the station by which it is due today', () =>
    expect(due('acceptance', '2026-11-22T09:30:00.000Z')).toBe(
      '签收须在今天17:30前 | acceptance due today by 17:30',
    ));
  it('is the day where that is another one', () =>
    expect(due('first-contact', '2026-11-22T16:30:00.000Z')).toBe(
      '首次联系须在2026-11-23 00:30前 | first contact due by 2026-11-23 00:30',
    ));
  it('is for how long it waits, and for whom', () => {
    expect(said(waitingWords('2026-11-22T00:00:00.000Z', now, '永丰物业'))).toBe(
      '已等待2小时，永丰物业尚未签收 | waiting for 2 h, 永丰物业 has not accepted it',
    );
    expect(said(waitingWords('2026-11-22T00:00:00.000Z', now, null))).toBe(
      '已等待2小时，尚无承办单位 | waiting for 2 h, nobody has it',
    );
  });
  it('is how many residents to call', () =>
    expect(said(callbackWords('2026-11-19T02:00:00.000Z', now, 2))).toBe(
      '办结已3天，待回访2人 | resolved 3 d ago, 2 to call back',
    ));
});
