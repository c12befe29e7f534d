"use strict";
// The page of the offline copy's search. It asks nothing of any network, and what is typed stays in the page.
(() => {
const { by, texts, rows } = SEARCH;
const language = document.documentElement.lang, t = texts[language];
const tongue = Object.keys(texts).indexOf(language), up = language === Object.keys(texts)[0] ? "" : "../";
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
  const cut = text.lastIndexOf(" ", start + by.snippet - 1);
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
const counted = (forms, number) => forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
const quiet = (text) => make("span", text, { className: "qualifier" });
const again = (label, query, kind) => make("button", label, { type: "button", onclick: () => show(query, kind) });
const hit = (number, fits) => {
  const row = rows[number], [kind, id, file, titles] = row, found = new Set(), { names, said } = indexed();
  let similar = false;
  for (const one of fits) {
    const here = [...one].filter(([word]) => names.get(word)?.has(number) || said.get(word)?.has(number));
    const least = Math.min(...here.map(([, fit]) => fit));
    for (const [word, fit] of here) if (fit === least) found.add(word);
    similar ||= here.length > 0 && least >= by.similar;
  }
  const title = piecesOf(titles[tongue] ?? titles[0], found), name = by.kinds[kind], told = snippet(row, title, found);
  const href = file.startsWith("/") ? up + file.slice(1) : file;
  const line = [make("a", shown(title), { href })];
  if (name !== "documents" && !name.includes("_types")) line.push(" ", quiet(id));
  if (similar) line.push(" ", quiet("· " + t.search_similar));
  return make("li", told.length ? [...line, make("p", shown(told))] : line);
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
  const typed = skeletons(word)[0], near = [...indexed().written].map(([key, name]) => {
    const most = Math.floor(0.4 * Math.max(typed.length, key.length));
    return [distance(typed, key, most), name, most];
  });
  return near.filter(([far, , most]) => far <= most).sort(([a], [b]) => a - b).map(([, name]) => name);
})).slice(0, by.offers);
const nothing = (words, query) => {
  const near = offers(words), list = make("ul", near.map((word) => make("li", again(word, word), { className: "again" })), { className: "offers" });
  return [make("h2", t.search_nothing), make("p", [t.search_searched, " ", make("b", words.join(" · ") || query)]),
    ...near.length ? [make("p", t.search_spellings), list] : [], make("p", t.search_absent, { className: "note" })];
};
const show = (query, kind) => {
  document.querySelector("#q").value = query;
  const { words, fits, groups, order, partly, cut, unknown } = answer(query), only = groups.has(kind) ? kind : "";
  const number = [...groups.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  const said = [fill(counted(t.search_found, number), { number: number.toLocaleString(language) })];
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
