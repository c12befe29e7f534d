"use strict";
// How the offline copy finds rows: what scripts/search does on the site, with the rows and bounds of search-data.js.
const { answer, indexed } = (() => {
const { by, rows } = SEARCH, SIMILAR = by.similar;
const put = (map, key, value) => map.has(key) ? map.get(key).add(value) : map.set(key, new Set([value]));

let index;
const makeIndex = () => {
  const names = new Map(), said = new Map(), skeleton = new Map(), reading = new Map(), written = new Map();
  const ids = new Map(), last = by.kinds.indexOf("documents"), mistyped = new Set();
  rows.forEach(([kind, id, , titles, spelt, told], number) => {
    for (const [place, lines] of [[names, [...titles, ...spelt]], [said, told]])
      for (const word of lines.flatMap(wordsOf)) for (const form of forms(word)) {
        put(place, form, number);
        if (kind !== last) mistyped.add(form);
      }
    ids.set(id, number);
    if (by.named.includes(by.kinds[kind])) for (const word of wordsOf(titles[0])) {
      const key = skeletons(word)[0];
      if (!written.has(key)) written.set(key, word);
    }
  });
  const words = unique([...names.keys(), ...said.keys()]);
  for (const word of words) for (const one of skeletons(word)) put(skeleton, one, word);
  for (const word of mistyped) for (const one of [word, ...readings(word)]) if (!/\p{N}/u.test(one)) put(reading, one, word);
  return { names, said, words, skeleton, reading, written, ids };
};

const indexed = () => (index ??= makeIndex());

const fitsOf = (typed) => {
  const word = fold(typed), reduced = skeletons(typed), found = new Map();
  const add = (words, fit) => { for (const one of words) if (!found.has(one)) found.set(one, fit); };
  const same = (keys) => keys.flatMap((key) => [...(index.skeleton.get(key) ?? [])]);
  add(index.names.has(word) || index.said.has(word) ? [word] : [], 0);
  if (word.length >= by.prefix) add(index.words.filter((one) => one.startsWith(word)), 1);
  add(same(reduced.filter((one) => 2 * one.length >= word.length)), 2);
  const starts = reduced.filter((one) => one.length >= by.skeleton).map((one) => one.replace(/i+$/, ""));
  add(same([...index.skeleton.keys()].filter((key) => starts.some((start) => key.startsWith(start)))), 3);
  const most = found.size ? 1 : 2, errors = new Map();
  for (const one of new Set([word, ...readings(typed)])) for (const [other, words] of index.reading) {
    const limit = Math.min(most, forgiven(one.length, other.length));
    if (!limit || Math.abs(one.length - other.length) > limit) continue;
    const far = distance(one, other, limit);
    if (far <= limit) for (const known of words)
      errors.set(known, Math.min(Math.max(far, 1), errors.get(known) ?? far));
  }
  for (const [known, far] of errors) add([known], SIMILAR + far - 1);
  return found;
};
const costsOf = (fits) => {
  const known = [...fits.values()].some((fit) => fit < SIMILAR), found = new Map();
  for (const [word, fit] of fits) {
    if (fit > SIMILAR && known) continue;
    const cost = by.inFit * fit, alone = fit >= SIMILAR && known;
    const keep = (number, sum) => found.set(number, Math.min(sum, found.get(number) ?? sum));
    for (const number of index.names.get(word) ?? [])
      if (!alone || by.named.includes(by.kinds[rows[number][0]])) keep(number, cost);
    if (!alone) for (const number of index.said.get(word) ?? []) keep(number, cost + by.inText);
  }
  return found;
};
const standing = (kind, cost) =>
  kind === "documents" ? 3 : cost >= by.inFit * SIMILAR ? 2 : Math.min(1, Math.max(cost, 0) % by.inFit);

const answer = (query) => {
  indexed();
  const typed = [...new Map(wordsOf([...query].slice(0, by.query).join("")).map((word) => [fold(word), word])).values()];
  const telling = typed.filter((word) => !by.small.includes(word.toLowerCase()));
  const every = telling.length ? telling : typed, words = every.slice(0, by.words);
  const fits = words.map(fitsOf), costs = fits.map(costsOf), counts = new Map();
  for (const one of costs) for (const number of one.keys()) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const ranked = new Map([...counts].filter(([, count]) => count === most)
    .map(([number]) => [number, costs.reduce((sum, one) => sum + (one.get(number) ?? 0), 0)]));
  const id = each(query.trim().toUpperCase(), by.alike);
  if (new RegExp(`^(?:${by.id})$`).test(id) && index.ids.has(id)) ranked.set(index.ids.get(id), -1);
  const groups = new Map();
  for (const number of [...ranked.keys()].sort((a, b) => ranked.get(a) - ranked.get(b) || a - b)) {
    const kind = by.kinds[rows[number][0]];
    groups.set(kind, [...(groups.get(kind) ?? []), number]);
  }
  const rank = (kind) => standing(kind, ranked.get(groups.get(kind)[0]));
  const order = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || by.kinds.indexOf(a) - by.kinds.indexOf(b));
  return { words, fits, groups, order, partly: most < words.length, cut: query.length > by.query || every.length > by.words,
    unknown: words.filter((_, i) => !costs[i].size) };
};
return { answer, indexed };
})();
