"use strict";
// The search of the offline copy. It asks nothing of any network, and what is typed stays in the page.
(() => {
const { by, texts, rows } = SEARCH, SIMILAR = by.similar;
const language = document.documentElement.lang, t = texts[language];
const tongue = Object.keys(texts).indexOf(language), up = language === Object.keys(texts)[0] ? "" : "../";
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

const piecesOf = (text, found) => {
  const pieces = [], whole = text.normalize("NFC");
  let end = 0;
  for (const match of whole.matchAll(new RegExp(by.word, "gu"))) {
    if (!forms(match[0]).some((form) => found.has(form))) continue;
    pieces.push([whole.slice(end, match.index), false], [match[0], true]);
    end = match.index + match[0].length;
  }
  return [...pieces, [whole.slice(end), false]].filter(([piece]) => piece);
};
const hitsIn = (pieces) => new Set(pieces.filter(([, hit]) => hit).map(([piece]) => piece.toLowerCase())).size;
const shortened = (pieces) => {
  const text = pieces.map(([piece]) => piece).join("");
  if (text.length <= by.snippet) return pieces;
  const at = pieces.findIndex(([, hit]) => hit);
  const first = pieces.slice(0, Math.max(at, 0)).reduce((sum, [piece]) => sum + piece.length, 0);
  const start = first > by.before ? text.lastIndexOf(" ", first - by.before - 1) + 1 : 0;
  const cut = text.lastIndexOf(" ", start + by.snippet);
  const end = start + by.snippet >= text.length ? text.length : cut > start ? cut : start + by.snippet;
  let place = 0;
  const kept = pieces.map(([piece, hit]) => {
    const inside = piece.slice(Math.max(0, start - place), Math.max(0, end - place));
    place += piece.length;
    return [inside, hit];
  });
  return [[start ? "… " : "", false], ...kept, [end < text.length ? " …" : "", false]].filter(([piece]) => piece);
};
const best = (lines) => lines.reduce((one, other) => hitsIn(other) > hitsIn(one) ? other : one, lines[0] ?? []);
const snippet = ([, , , , spelt, told], title, found) => {
  const said = told.map((line) => piecesOf(line, found)), any = best([...spelt.map((line) => piecesOf(line, found)), ...said]);
  return shortened(hitsIn(any) > hitsIn(title) ? any : best(said));
};

const make = (tag, parts, more = {}) => {
  const node = Object.assign(document.createElement(tag), more);
  node.append(...[parts].flat());
  return node;
};
const shown = (pieces) => pieces.map(([piece, hit]) => hit ? make("mark", piece) : piece);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const quiet = (text) => make("span", text, { className: "qualifier" });
const again = (label, query, kind) => make("button", label, { type: "button", onclick: () => show(query, kind) });
const hit = (number, fits) => {
  const row = rows[number], [kind, id, file, titles] = row, found = new Set();
  let similar = false;
  for (const one of fits) {
    const here = [...one].filter(([word]) => index.names.get(word)?.has(number) || index.said.get(word)?.has(number));
    const least = Math.min(...here.map(([, fit]) => fit));
    for (const [word, fit] of here) if (fit === least) found.add(word);
    similar ||= here.length > 0 && least >= SIMILAR;
  }
  const title = piecesOf(titles[tongue] ?? titles[0], found), name = by.kinds[kind], said = snippet(row, title, found);
  const href = file.startsWith("/") ? up + file.slice(1) : file;
  const line = [make("a", shown(title), { href })];
  if (name !== "documents" && !name.includes("_types")) line.push(" ", quiet(id));
  if (similar) line.push(" ", quiet("· " + t.search_similar));
  return make("li", said.length ? [...line, make("p", shown(said))] : line);
};
const group = (kind, numbers, fits, only, query) => {
  const most = only ? by.ofOne : by.hits, title = t.search_kinds[kind], number = numbers.length;
  const parts = [make("h2", [title, " ", quiet(String(number))])];
  if (t.search_kind_notes[kind]) parts.push(make("p", t.search_kind_notes[kind], { className: "note" }));
  parts.push(make("ol", numbers.slice(0, most).map((one) => hit(one, fits)), { className: "hits" }));
  if (number > most) parts.push(only ? make("p", fill(t.search_first, { number: most, whole: number }), { className: "note" })
    : make("p", again(fill(t.search_more, { number, kind: title }), query, kind), { className: "again" }));
  return make("section", parts, { id: kind });
};
const offers = (words) => unique(words.flatMap((word) => {
  const typed = skeletons(word)[0], near = [...index.written].map(([key, name]) => [distance(typed, key, 3), name]);
  return near.filter(([far]) => far < 4).sort(([a], [b]) => a - b).map(([, name]) => name);
})).slice(0, by.offers);
const nothing = (words, query) => {
  const near = offers(words), list = make("ul", near.map((word) => make("li", again(word, word), { className: "again" })), { className: "offers" });
  return [make("h2", t.search_nothing), make("p", [t.search_searched, " ", make("b", words.join(" · ") || query)]),
    ...near.length ? [make("p", t.search_spellings), list] : [], make("p", t.search_absent, { className: "note" })];
};
const show = (query, kind) => {
  index ??= makeIndex();
  document.querySelector("#q").value = query;
  const { words, fits, groups, order, partly, cut, unknown } = answer(query), only = groups.has(kind) ? kind : "";
  const number = [...groups.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  const said = [number === 1 ? t.search_found_one : fill(t.search_found, { number })];
  if (partly) said.push(t.search_partly);
  if (unknown.length) said.push(`${t.search_unknown} ${unknown.join(" · ")}.`);
  if (cut) said.push(fill(t.search_cut, { letters: by.query, words: by.words }));
  const parts = [make("p", said.join(" "), { className: "summary" })];
  if (only) parts.push(make("p", again(t.search_all_kinds, query), { className: "again" }));
  for (const name of only ? [only] : order) parts.push(group(name, groups.get(name), fits, only, query));
  document.querySelector("#found").replaceChildren(...number ? parts : nothing(words, query));
};
const form = document.querySelector("#search");
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = form.querySelector("#q").value.trim();
  if (query) show(query);
});
form.querySelector("#q").focus();
})();
