import type { Section } from './section.js';
import { importing } from './sections/import.js';
import { embeddedNode } from './sections/node.js';
import { postRequests } from './sections/post-requests.js';
import { reading } from './sections/reading.js';
import { rebuild } from './sections/rebuild.js';

/** In the order they run. */
export const sections: readonly Section[] = [postRequests, embeddedNode, importing, rebuild, reading];
