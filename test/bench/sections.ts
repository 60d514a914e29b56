import type { Section } from './section.js';
import { embeddedNode } from './sections/node.js';
import { postRequests } from './sections/post-requests.js';

/** In the order they run. */
export const sections: readonly Section[] = [postRequests, embeddedNode];
