import { median, perSecond } from '../quantiles.js';
import type { Bench, Figure, Section } from '../section.js';
import { seededStation, storedRequests } from '../seeded-station.js';

export const rebuild: Section = {
  name: 'rebuild',
  title: 'Rebuilding a projection',
  about: [
    'POST /v1/projections/:name/rebuild at a station with the embedded parts: every event is read from the node over gRPC, folded, and',
    'written to PGlite; the rows of the new version take over at the end. Medians of the rounds, which alternate between the projections.',
    'Against a bare consumer of the same Kafka topic it is measured where there is a topic.',
  ].join('\n'),
  run: measure,
};

async function measure(bench: Bench): Promise<Figure[]> {
  const { server, reading } = await seededStation(bench, 'rebuild', storedRequests(bench));
  try {
    // Twenty stations are no measure.
    const names = (await reading.projections()).map(({ name }) => name).filter((name) => name !== 'station');
    const rates = new Map<string, number[]>(names.map((name) => [name, []]));
    for (let round = 1; round <= (bench.quick ? 1 : 3); round += 1) {
      for (const [name, measured] of rates) {
        const { events, seconds } = await reading.rebuild(name);
        measured.push(events / seconds);
        bench.say(`round ${round}: ${name} ${perSecond(events / seconds, 'events')}`);
      }
    }
    return [
      ...[...rates].map(([name, measured]) => ({ what: name, value: perSecond(median(measured), 'events') })),
      { what: 'memory of the station after it', value: `${server.rss().toFixed(0)} MiB` },
    ];
  } finally {
    await server.stop();
  }
}
