import type { Handler } from './request.events.js';

type Kind = Handler['kind'];

/** A unit has a name; a volunteer or a neighbour is a person. */
export const persons: readonly Kind[] = ['volunteer', 'neighbour'];

/** A neighbour who mends something is a resident as well. */
export const residents: readonly Kind[] = ['neighbour'];

/** A handler as somebody sees it who is not told which persons there are. */
export type SeenHandler = { kind: Kind; id: string | null; name: string | null };

/** Of those who are hidden only the kind remains. */
export const withoutNames = ({ id, kind, name }: Handler, hidden: readonly Kind[]): SeenHandler =>
  hidden.includes(kind) ? { kind, id: null, name: null } : { kind, id, name };
