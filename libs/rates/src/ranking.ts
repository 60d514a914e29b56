/** What a rank is made of: the composite as it is shown (tenths of a point), how many answered, how much was received. */
export type Contestant = { composite: number | null; sample: number; received: number };

/**
 * The rank of each, in their order: by composite, then by how much was received; equals share one, and the next comes as many
 * later. Null without a composite, or below the minimum sample: one callback says nothing about a unit.
 */
export function ranksOf(contestants: readonly Contestant[], minimumSample: number): (number | null)[] {
  const ranked = contestants.filter((one) => takesPart(one, minimumSample));
  return contestants.map((one) =>
    takesPart(one, minimumSample) ? 1 + ranked.filter((other) => better(other, one)).length : null,
  );
}

const takesPart = ({ composite, sample }: Contestant, minimumSample: number): boolean =>
  composite !== null && sample >= minimumSample;

function better(one: Contestant, other: Contestant): boolean {
  const [mine, theirs] = [one.composite ?? -1, other.composite ?? -1];
  return mine > theirs || (mine === theirs && one.received > other.received);
}
