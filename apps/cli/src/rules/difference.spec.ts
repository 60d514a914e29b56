import { shippedPolicy } from '#policies';
import { difference } from './difference.js';

describe('the difference between two policies', () => {
  it('is nothing where they say the same, absent and null being one', () => {
    expect(difference(shippedPolicy, structuredClone(shippedPolicy))).toEqual([]);
    expect(difference({ a: null, b: 1 }, { b: 1 })).toEqual([]);
  });

  it('names what holds and what will, by the code of a class', () => {
    const [emergency, ...others] = structuredClone(shippedPolicy.classes);
    emergency!.limits.resolution!.amount = 3;
    emergency!.categories.push('水淹');
    expect(difference(shippedPolicy, { ...shippedPolicy, classes: [...others, emergency] })).toEqual([
      '- classes[emergency].limits.resolution.amount: 2',
      '+ classes[emergency].limits.resolution.amount: 3',
      '+ classes[emergency].categories[水淹]: "水淹"',
    ]);
  });

  it('knows a step of an escalation by what it watches and whom it calls', () => {
    const [, second, ...later] = structuredClone(shippedPolicy.escalation);
    second!.after.amount = 2;
    expect(difference(shippedPolicy.escalation, [second, ...later])).toEqual([
      expect.stringMatching(/^- \[acceptance community\]\.kind: /),
      expect.stringMatching(/^- \[acceptance community\]\.after\.amount: /),
      expect.stringMatching(/^- \[acceptance community\]\.after\.unit: /),
      expect.stringMatching(/^- \[acceptance community\]\.to: /),
      expect.stringMatching(/^- \[acceptance community\]\.supervise: /),
      '- [first-contact community].after.amount: 0',
      '+ [first-contact community].after.amount: 2',
    ]);
  });
});

describe('the difference between two calendars', () => {
  const before = {
    year: 2027,
    daysOff: [{ from: '2027-10-01', to: '2027-10-07', name: '国庆节' }],
    makeUpDays: [{ day: '2027-10-09', name: '国庆节' }],
  };

  it('is told by day, whatever comes before it', () => {
    const after = {
      ...before,
      daysOff: [
        { from: '2027-05-05', to: '2027-05-05', name: '区庆' },
        { from: '2027-10-01', to: '2027-10-08', name: '国庆节' },
      ],
      makeUpDays: [{ day: '2027-05-08', name: '区庆' }, ...before.makeUpDays],
    };
    expect(difference(before, after)).toEqual([
      '- daysOff[2027-10-01].to: "2027-10-07"',
      '+ daysOff[2027-10-01].to: "2027-10-08"',
      '+ daysOff[2027-05-05].from: "2027-05-05"',
      '+ daysOff[2027-05-05].to: "2027-05-05"',
      '+ daysOff[2027-05-05].name: "区庆"',
      '+ makeUpDays[2027-05-08].day: "2027-05-08"',
      '+ makeUpDays[2027-05-08].name: "区庆"',
    ]);
  });
});
