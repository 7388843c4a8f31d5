// Search over all paragraphs. The index is made from the document pages themselves, when it is first needed.
const SHOWN = 40;
const WORD = /[\p{L}\p{N}]+/gu;
const form = find("#soegeform");
const list = find("#traef");
const counter = find("#traeffere");
const more = find("#vis-flere");
let index = null;
let hits = [];
let terms = [];

function fold(text) {
  return text.toLowerCase().normalize("NFC")
    .replace(/æ/g, "ae").replace(/ø|oe/g, "o").replace(/å|aa/g, "a")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

const count = (number) => number.toLocaleString("da-DK");
const plural = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

function entries() {
  index ??= findAll(".document .p").map((element) => {
    const text = find(".t", element).textContent;
    const words = text.toLowerCase().match(WORD) ?? [];
    const tags = new Map((element.dataset.t ?? "").split(" ").filter(Boolean).map((tag) => tag.split(":")));
    return {
      element, text, tags, folded: ` ${words.map(fold).join(" ")} `, reason: element.dataset.u ?? "",
      stems: new Set(words.map((word) => fold(stem(word)))), page: element.closest(".document"),
    };
  });
  return index;
}

function parse(query) {
  return (query.match(/["»«][^"»«]+["»«]|\S+/g) ?? []).flatMap((part) => {
    const words = part.toLowerCase().match(WORD) ?? [];
    if (words.length > 1) return [{ phrase: words.map(fold).join(" "), words: words.map(fold) }];
    return words.map((word) => ({ word: fold(word), stem: fold(stem(word)) }));
  });
}

// A long word or stem may stand inside a compound; a short one must be a word of its own.
function rank(entry, term) {
  if (term.phrase) return entry.folded.includes(` ${term.phrase} `) ? 3 : 0;
  if (entry.folded.includes(` ${term.word} `)) return 3;
  if (entry.stems.has(term.stem)) return 2;
  if (term.word.length > 2 && entry.folded.includes(term.word)) return 1;
  return term.stem.length > 4 && entry.folded.includes(term.stem) ? 1 : 0;
}

function marks(word, term) {
  const folded = fold(word);
  if (term.phrase) return term.words.includes(folded);
  return (term.word.length > 2 && folded.includes(term.word)) || folded === term.word ||
    fold(stem(word.toLowerCase())) === term.stem || (term.stem.length > 4 && folded.includes(term.stem));
}

function passes(entry, filters) {
  const get = (name) => filters.get(name) ?? "";
  const data = entry.page.dataset;
  if (get("kommune") && data.kommune !== get("kommune")) return false;
  if (get("type") && !get("type").split(",").includes(data.type)) return false;
  if (get("aar") && data.aar !== get("aar")) return false;
  if (get("dok") && entry.page.id !== `dokument-${get("dok")}`) return false;
  if (get("grund") && entry.reason !== get("grund")) return false;
  if (get("talt") && entry.reason) return false;
  if (get("tema") && !entry.tags.has(get("tema"))) return false;
  if (!get("tone")) return true;
  return get("tema") ? entry.tags.get(get("tema")) === get("tone") : [...entry.tags.values()].includes(get("tone"));
}

function search(filters) {
  terms = parse(filters.get("q") ?? "");
  list.replaceChildren();
  more.hidden = true;
  if (![...filters.values()].some(Boolean)) {
    counter.textContent = "Skriv et ord, eller vælg et tema.";
    return;
  }
  hits = entries().filter((entry) => passes(entry, filters))
    .map((entry) => [entry, terms.map((term) => rank(entry, term))])
    .filter(([, ranks]) => ranks.every(Boolean))
    // Text that is counted comes before lists of participants and the like.
    .map(([entry, ranks]) => [entry, ranks.reduce((sum, one) => sum + one, entry.reason ? 0 : 0.5)])
    .sort((one, other) => other[1] - one[1]).map(([entry]) => entry);
  const documents = new Set(hits.map((entry) => entry.page)).size;
  counter.textContent = hits.length
    ? `${count(hits.length)} afsnit i ${plural(documents, "dokument", "dokumenter")}` : "Ingen afsnit passer.";
  show();
}

function show() {
  const start = list.children.length;
  list.append(...hits.slice(start, start + SHOWN).map(result));
  more.hidden = list.children.length >= hits.length;
}

function make(name, className, ...children) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

function result(entry) {
  const source = make("cite", "", make("bdi", "", entry.element.dataset.k));
  const link = make("a", "", "Vis i dokumentet");
  link.href = `#${entry.element.id}`;
  const copy = make("button", "plain copy", "Kopiér med kilde");
  copy.type = "button";
  const tags = find(".tags", entry.element)?.cloneNode(true) ?? "";
  const caption = make("figcaption", "", source, make("span", "actions", tags, link, copy));
  return make("li", "", make("figure", "quote", make("blockquote", "verbatim", ...marked(entry.text)), caption));
}

function marked(text) {
  const parts = [];
  let end = 0;
  for (const match of terms.length ? text.matchAll(WORD) : []) {
    if (!terms.some((term) => marks(match[0], term))) continue;
    parts.push(text.slice(end, match.index), make("mark", "", match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function fill(filters) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = filters.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    // Figures may be counted within several kinds of document at once, which no single option offers.
    if (field.tagName === "SELECT" && field.value !== value) {
      field.append(new Option(value.replaceAll(",", ", "), value));
      field.value = value;
    }
  }
}

function chosen() {
  const filters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) filters.set(name, value);
  return filters;
}

function changed() {
  const filters = chosen();
  history.replaceState(null, "", filters.size ? `#soeg?${filters}` : "#soeg");
  search(filters);
}

form.addEventListener("input", changed);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(changed));
more.addEventListener("click", show);
listeners.push((page, filters) => {
  if (page.id !== "soeg") return;
  fill(filters);
  search(filters);
  (window.requestIdleCallback ?? setTimeout)(entries);
});
