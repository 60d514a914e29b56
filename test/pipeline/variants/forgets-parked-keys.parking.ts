export * from '../../../libs/read-store/src/parking.js';

/** Planted fault: what follows in the stream of a parked event is applied as if that had never been. */
export async function partitionParked(): Promise<void> {}
