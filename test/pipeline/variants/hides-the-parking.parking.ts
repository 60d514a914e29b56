export * from '../../../libs/read-store/src/parking.js';

/** Planted fault: a parked write counts as one that can be seen. */
export async function isParked(): Promise<boolean> {
  return false;
}
