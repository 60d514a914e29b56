import type { Actor } from '#event-sourcing';
import type { Rule } from '#requests';

/** A rule as the one who acts. */
export const actorOf = ({ subject, name }: Rule): Actor => ({ subject, name, role: 'policy' });
