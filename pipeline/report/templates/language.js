// Danish and English. The page is written in Danish; what reads otherwise in English stands in a catalogue, and
// `data-l` on an element says where: [texts by the number of children before them, attributes].
const root = document.documentElement;
const words = JSON.parse(find("#ord").textContent);
const catalogue = JSON.parse(find("#oversat").textContent);
const danish = new Map();

// The words of this script and the others: word("of", { part: "3", whole: "8" }), plural("paragraphs", 3).
function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
}

function word(key, values = {}) {
  return filled(words[root.lang][key], values);
}

function count(number) {
  return number.toLocaleString(root.lang === "en" ? "en-GB" : "da-DK");
}

function plural(key, number, values = {}) {
  return filled(words[root.lang][key][number === 1 ? 0 : 1], { n: count(number), ...values });
}

function textAt(element, number) {
  const after = element.children[number] ?? null;
  const node = after ? after.previousSibling : element.lastChild;
  if (node?.nodeType === Node.TEXT_NODE) return node;
  return element.insertBefore(document.createTextNode(""), after);
}

function write(element, [texts, attributes = {}]) {
  for (const [number, text] of Object.entries(texts)) textAt(element, number).data = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}

function asWritten(element, [texts, attributes = {}]) {
  return [
    Object.fromEntries(Object.keys(texts).map((number) => [number, textAt(element, number).data])),
    Object.fromEntries(Object.keys(attributes).map((name) => [name, element.getAttribute(name)])),
  ];
}

// Elements drawn later by other scripts are in the right language from the start; they listen for `sprog`.
function turn(language) {
  for (const element of findAll("[data-l]")) {
    const english = catalogue[element.dataset.l];
    if (!danish.has(element)) danish.set(element, asWritten(element, english));
    write(element, language === "en" ? english : danish.get(element));
  }
  root.lang = language;
  document.dispatchEvent(new CustomEvent("sprog"));
}

function rememberLanguage(language) {
  try {
    localStorage.setItem("temaspejl-sprog", language);
    const address = new URL(location.href);
    if (address.searchParams.has("lang")) {
      address.searchParams.set("lang", language);
      history.replaceState(null, "", address);
    }
  } catch {
    // A file's address may not be changed, and some browsers keep nothing for files.
  }
}

find("#skift-sprog").addEventListener("click", () => {
  const language = root.lang === "en" ? "da" : "en";
  turn(language);
  rememberLanguage(language);
});
if (root.classList.contains("turning")) turn("en");
root.classList.remove("turning");
