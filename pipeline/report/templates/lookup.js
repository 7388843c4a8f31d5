// The search index: every distinct word with the paragraphs it stands in, made shard by shard, a little at a time.
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const SLICE = 12; // milliseconds of work before the page may breathe
const vocabulary = new Map(); // word in lower case -> { spelt, plain, places: [entry, entry, …] }
const entries = [];

// A reader may write ae, o or aa for æ, ø and å; who writes the letters themselves means them.
function fold(text) {
  return text.replace(/æ/g, "ae").replace(/ø|oe/g, "o").replace(/å|aa/g, "a")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

const isPlain = (text) => !/[æøå]/.test(text);
const lower = (text) => text.normalize("NFC").toLowerCase();
const lemmasOf = (form) => (lexicon.get(form)?.split("+") ?? []).filter((one) => one.startsWith("=")).map((one) => one.slice(1));
const partsOf = (form) => (lexicon.get(form)?.split("+") ?? []).filter((one) => !one.startsWith("="));
const inflected = (form) => [form, ...lemmasOf(form)].map((one) => stem(one, false));

// What a word is known by, as it is spelt or folded: itself, its stems, its root, the stems of its parts.
function face(form, write) {
  return {
    word: write(form), stems: inflected(form).map(write), root: write(stem(form)),
    parts: partsOf(form).map((part) => write(stem(part, false))),
  };
}

function addWord(original, entry) {
  const form = lower(original);
  let item = vocabulary.get(form);
  if (!item) {
    const spelt = face(form, (text) => text);
    vocabulary.set(form, (item = { spelt, plain: fold(form) === form ? spelt : face(form, fold), places: [] }));
  }
  item.places.push(entry);
}

function addEntry(paragraph) {
  const number = entries.push({ paragraph, length: 0 }) - 1;
  const found = paragraph.text.match(WORD) ?? [];
  entries[number].length = found.length;
  for (const one of found) addWord(one, number);
}

const breath = () => new Promise((resolve) => setTimeout(resolve));

// Index whatever is not indexed yet; `tell` hears the share done. Runs once, however often it is asked for.
let indexing = null;
let indexed = 0;
let next = 0; // the shard to read next: after a failure it is asked for again
function indexAll(tell) {
  indexing ??= (async () => {
    const all = shardNumbers().length;
    while (next < all) {
      const documents = await shard(next);
      let start = performance.now();
      for (const one of documents) {
        for (const paragraph of one.paragraphs) {
          addEntry(paragraph);
          if (performance.now() - start < SLICE) continue;
          await breath();
          start = performance.now();
        }
      }
      next += 1;
      indexed = next / all;
      indexAll.tell?.(indexed);
    }
  })().catch((error) => {
    indexing = null;
    throw error;
  });
  indexAll.tell = tell;
  return indexing;
}

const spelling = (form) => (isPlain(form) ? { face: "plain", word: fold(form) } : { face: "spelt", word: form });
const isWord = (item, { face: name, word: wanted }) => item[name].word === wanted;

// »a b« is a phrase, -ord the end of a compound, ord- its beginning; anything else a word in any form.
function parse(query) {
  return (query.match(/["»«][^"»«]+["»«]|\S+/g) ?? []).flatMap((part) => {
    const found = (part.match(WORD) ?? []).map(lower);
    if (/^["»«]/.test(part) || found.length > 1) return found.length ? [{ phrase: found.map(spelling) }] : [];
    return found.map((form) => {
      const plain = isPlain(form);
      const known = face(form, plain ? fold : (text) => text);
      return { plain, ...known, last: part.startsWith("-"), first: part.endsWith("-") };
    });
  });
}

// How well a word answers a term: 4 itself, 3 another form of it, 2 a part of a compound, 1 a word derived from it or
// with its letters inside, 0 not at all.
function fit(item, term) {
  const { word, stems, root, parts } = term.plain ? item.plain : item.spelt;
  const [short] = term.stems;
  if (term.first || term.last) {
    if (term.stems.includes(term.last ? parts.at(-1) : parts[0])) return 2;
    if (term.exact || word === term.word) return 0;
    return (term.last ? stems.some((one) => one.endsWith(short)) : word.startsWith(term.word)) ? 1 : 0;
  }
  if (word === term.word) return 4;
  if (term.stems.some((one) => stems.includes(one))) return 3;
  if (term.exact) return 0;
  if (term.stems.some((one) => parts.includes(one))) return 2;
  if (term.root.length > 4 && root === term.root) return 1;
  if (term.word.length > 2 && word.startsWith(term.word)) return 1;
  const inside = short.length > 4 ? short : term.word;
  return inside.length > 3 && word.includes(inside) ? 1 : 0;
}

// The entries that answer a term, with a score: the fit, and less than 1 for how often and how densely.
function answers(term) {
  const scores = new Map();
  if (term.phrase) return phraseAnswers(term.phrase);
  for (const item of vocabulary.values()) {
    const score = fit(item, term);
    if (!score) continue;
    let last = -1;
    let times = 0;
    const keep = () => {
      const value = score + 0.45 * times / (times + 1 + entries[last].length / 100);
      if (value > (scores.get(last) ?? 0)) scores.set(last, value);
    };
    for (const entry of item.places) {
      if (entry !== last && last >= 0) keep();
      times = entry === last ? times + 1 : 1;
      last = entry;
    }
    keep();
  }
  return scores;
}

function phraseAnswers(phrase) {
  const lists = phrase.map((one) => {
    const items = [...vocabulary.values()].filter((item) => isWord(item, one));
    return new Set(items.flatMap((item) => item.places));
  });
  const scores = new Map();
  for (const entry of lists.reduce((one, other) => (other.size < one.size ? other : one))) {
    if (!lists.every((list) => list.has(entry))) continue;
    const said = (entries[entry].paragraph.text.match(WORD) ?? []).map((one) => vocabulary.get(lower(one)));
    if (said.some((_, start) => phrase.every((one, n) => said[start + n] && isWord(said[start + n], one)))) {
      scores.set(entry, 4);
    }
  }
  return scores;
}

// The entries that answer every term, with the sum of their scores; all entries where there is no term.
function lookUp(terms) {
  if (!terms.length) return new Map(entries.map((_, entry) => [entry, 0]));
  const [first, ...others] = terms.map(answers);
  for (const [entry, score] of first) {
    const rest = others.map((scores) => scores.get(entry));
    if (rest.some((value) => value === undefined)) first.delete(entry);
    else first.set(entry, rest.reduce((sum, value) => sum + value, score));
  }
  return first;
}

function isHit(original, terms) {
  const item = vocabulary.get(lower(original));
  const answersTo = (term) => (term.phrase ? term.phrase.some((one) => isWord(item, one)) : fit(item, term) > 0);
  return Boolean(item) && terms.some(answersTo);
}
