/**
 * Specs that need a server. Where it cannot be had they say so aloud, and fail on CI. In a spec file:
 * `await describeWith('Kafka', sharedKafka, 'the event bus', (kafka) => { … })`.
 */
export async function describeWith<Server extends object>(
  server: string,
  start: () => Promise<Server | { unavailable: string }>,
  name: string,
  specs: (server: Server) => void,
): Promise<void> {
  const started = await start();
  if (!('unavailable' in started)) return void describe(name, () => specs(started));
  const sentence = `Not tested: there is no ${server} here: ${started.unavailable}`;
  if (process.env['CI'] !== 'true') process.stderr.write(`${name}\n${sentence}\n`);
  describe(name, () => {
    const declare = process.env['CI'] === 'true' ? it : it.skip;
    declare(`has ${server}`, () => {
      throw new Error(sentence);
    });
  });
}
