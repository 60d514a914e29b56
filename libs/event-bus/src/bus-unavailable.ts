/** Kafka could not be asked. Trying again later may work. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}
