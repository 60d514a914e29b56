import { specification } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import { lives, logged, sampleCommands, station } from './request.samples.js';

const given = specification(requestDecider);

describe('logging a request', () => {
  it('writes down who, where and what', () => given().when(sampleCommands.LogRequest).thenEmits(logged));

  it('needs no more than a station, a summary and a channel: walk-ins may stay anonymous', () =>
    given()
      .when({
        type: 'LogRequest',
        data: { requestId: 'YFXJ-261122-00000', station, summary: '下水管有异味', channel: 'phone' },
      })
      .thenEmits({
        type: 'RequestLogged',
        data: {
          requestId: 'YFXJ-261122-00000',
          station,
          summary: '下水管有异味',
          details: null,
          category: null,
          place: { building: null, unit: null },
          resident: null,
          residentDistrict: null,
          channel: 'phone',
          paper: null,
          source: null,
        },
      }));

  it('keeps the page and line of the paper register, and where an import came from', () => {
    const paper = { page: 12, line: 3 };
    const source = { system: 'casework', key: '2022-000123' };
    given()
      .when({
        type: 'LogRequest',
        data: {
          ...sampleCommands.LogRequest.data,
          channel: 'paper',
          details: '早上七点发现',
          residentDistrict: '西城区',
          paper,
          source,
        },
      })
      .thenEmits({
        type: 'RequestLogged',
        data: {
          ...(logged.data as object),
          channel: 'paper',
          details: '早上七点发现',
          residentDistrict: '西城区',
          paper,
          source,
        },
      } as typeof logged);
  });

  it.each(lives.filter(([status]) => status !== 'unlogged'))(
    'is in effect already once the request is %s',
    (_, history) =>
      given(...history)
        .when(sampleCommands.LogRequest)
        .thenNothing(),
  );

  it.each(Object.values(sampleCommands).filter(({ type }) => type !== 'LogRequest'))(
    'comes before $type',
    (command) => given().when(command).thenRejected('request-unknown'),
  );
});
