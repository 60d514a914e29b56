export * from '../../../libs/read-store/src/parking.js';

/** Planted fault: what cannot be applied is passed over and kept nowhere. */
export async function park(): Promise<void> {}
