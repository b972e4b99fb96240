/** Steps of cutting, the mildest first: characters kept of a text, entries kept of a list or object below the top. */
const cuts = [
  { characters: 256 * 1024, entries: 10_000 },
  { characters: 16 * 1024, entries: 1_000 },
  { characters: 1024, entries: 100 },
  { characters: 128, entries: 10 },
] as const;
const maxDepth = 32;
/** Most fields of the event itself: tools write about ten. */
const maxFields = 1_000;

/**
 * The event as JSON of at most `maxBytes`: where it is longer (a tool quotes the file that it wrote), long texts, lists
 * and deep parts are cut, which `pan_cut` then says. The event's own short fields, which say what happened to which session
 * and request, stay. Undefined when nothing makes it fit.
 */
export function fitEvent(event: unknown, maxBytes: number): string | undefined {
  const whole = JSON.stringify(event);
  if (Buffer.byteLength(whole) <= maxBytes) return whole;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return undefined;
  const fields = Object.entries(event).slice(0, maxFields);
  for (const cut of cuts) {
    const shorter = JSON.stringify(
      Object.fromEntries([
        ...fields.map(([name, value]) => [name, shortened(value, cut, maxDepth)]),
        ['pan_cut', true],
      ]),
    );
    if (Buffer.byteLength(shorter) <= maxBytes) return shorter;
  }
  return undefined;
}

function shortened(value: unknown, cut: (typeof cuts)[number], depth: number): unknown {
  if (typeof value === 'string') return value.length <= cut.characters ? value : `${value.slice(0, cut.characters)}...`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '...';
  if (Array.isArray(value)) return value.slice(0, cut.entries).map((entry) => shortened(entry, cut, depth - 1));
  const entries = Object.entries(value).slice(0, cut.entries);
  return Object.fromEntries(entries.map(([name, entry]) => [name, shortened(entry, cut, depth - 1)]));
}
