/** What becomes different, a line for each value: `- ` as it holds, `+ ` as it will. Empty where nothing does. */
export function difference(before: unknown, after: unknown): string[] {
  const [was, is] = [leaves(before), leaves(after)];
  const places = [...new Set([...was.keys(), ...is.keys()])];
  return places.flatMap((place) => {
    const [one, other] = [was.get(place), is.get(place)];
    if (one === other) return [];
    return [
      ...(one === undefined ? [] : [`- ${place}: ${one}`]),
      ...(other === undefined ? [] : [`+ ${place}: ${other}`]),
    ];
  });
}

// What demands nothing may be null or absent: it is the same.
function leaves(value: unknown, place = ''): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object') return new Map([[place, JSON.stringify(value)]]);
  const parts = Object.entries(value).map(([name, part]) => leaves(part, named(value, place, name)));
  return new Map(parts.flatMap((part) => [...part]));
}

// An entry is known by what it is about rather than by its place in the list, and a text by itself.
function named(value: object, place: string, name: string): string {
  if (!Array.isArray(value)) return place === '' ? name : `${place}.${name}`;
  const part: unknown = value[Number(name)];
  return `${place}[${typeof part === 'string' ? part : (knownBy(part) ?? name)}]`;
}

// Classes, days off, make-up days, steps of an escalation: none of them is there twice.
const marks = [['code'], ['from'], ['day'], ['kind', 'to']];

function knownBy(entry: unknown): string | undefined {
  const fields = (entry ?? {}) as Record<string, unknown>;
  const mark = marks.find((names) => names.every((name) => typeof fields[name] === 'string'));
  return mark?.map((name) => fields[name]).join(' ');
}
