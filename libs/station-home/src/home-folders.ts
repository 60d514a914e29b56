import { join } from 'node:path';

/** What the embedded event store writes. */
export const eventsFolder = (home: string): string => join(home, 'events');

/** What PostgreSQL in the process writes: built from the events, and built anew where it is missing. */
export const readModelsFolder = (home: string): string => join(home, 'read-models');

/** The key that a station signs its tokens with; see #access. */
export const signingKeyFile = (home: string): string => join(home, 'access', 'signing-key.json');
