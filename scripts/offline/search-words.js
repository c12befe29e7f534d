"use strict";
// How the offline copy compares words: what scripts/search does on the site, with its tables from search-data.js.
const { forms, fold, wordsOf, skeletons, readings, forgiven, distance, each, unique } = (() => {
const { by } = SEARCH;
const sub = (pairs) => pairs.map(([pattern, to]) => [new RegExp(pattern, "g"), to]);
const WORD = new RegExp(by.word, "gu"), APART = new RegExp(by.apart, "g"), LEVELLED = sub(by.levelled);
const SOFTENED = sub(by.softened), HARD = new RegExp(by.hard, "g"), CYRILLIC = new RegExp(by.cyrillic);
const DOUBLE = /(.)\1+/g, DIGIT = /\p{Nd}/u;
const all = (word, pairs) => pairs.reduce((text, [pattern, to]) => text.replace(pattern, to), word);
const each = (word, map) => [...word].map((letter) => map[letter] ?? letter).join("");
const unique = (list) => [...new Set(list)];
const small = (text) => text.toLowerCase().replaceAll("ß", "ss");
const fold = (text) => small(text).normalize("NFKD").replace(/\p{Mn}/gu, "").replace(APART, "");
const wordsOf = (text) => text.normalize("NFC").match(WORD) ?? [];

const remember = (make, known = new Map()) => (word) => {
  if (!known.has(word)) known.set(word, make(word));
  return known.get(word);
};
const forms = remember((word) => {
  const parts = word.split(APART), longer = parts.length > 1 ? parts.filter((part) => part.length > 1) : [];
  return unique([word, ...longer].map((form) => fold(form).slice(0, by.longest)));
});
const transliterated = (word) => {
  const s = by.scheme, end = word.length > 2 && s.ending_[word.slice(-2)];
  const stem = end ? word.slice(0, -2) : word;
  const letters = [...stem].map((letter, i) =>
    s.prev_[(stem[i - 1] ?? "") + letter] ?? s.next_[letter + (stem[i + 1] ?? "")] ?? s[""][letter] ?? letter);
  return letters.join("") + (end || "");
};
const latin = (word) => {
  const plain = each(fold(each(small(word.normalize("NFC")), by.latin)), by.russian);
  return CYRILLIC.test(plain) ? transliterated(plain) : plain;
};
const levelled = (word) => {
  const letters = latin(word.slice(0, by.longest));
  if (DIGIT.test(letters)) return [letters];
  const sounds = all(letters, LEVELLED);
  return unique(by.readings.map((reading) => each(sounds, reading).toLowerCase().replace(DOUBLE, "$1")));
};
const skeletons = (word) => unique(levelled(word).map((reading) => all(reading, SOFTENED).replace(DOUBLE, "$1")));
const readings = (word) => {
  const reduced = skeletons(word);
  return [...levelled(word), ...reduced, ...reduced.map((one) => one.replace(HARD, ""))];
};

const forgiven = (typed, known) => {
  const longer = Math.max(typed, known);
  return longer < by.one ? 0 : longer >= by.two && Math.min(typed, known) >= by.two - 1 ? 2 : 1;
};
const distance = (one, other, limit) => {
  let last = [], before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    [last, before, row] = [before, row, [i]];
    for (let j = 1; j <= other.length; j++) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, last[j - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit && Math.min(...before) > limit) return limit + 1;
  }
  return row[other.length];
};
return { forms, fold, wordsOf, skeletons, readings, forgiven, distance, each, unique };
})();
