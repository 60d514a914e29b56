import { join } from 'node:path';

/** The file that a store keeps its events in, in the directory it is opened on. */
export const storeFileIn = (directory: string): string => join(directory, 'events.db');
