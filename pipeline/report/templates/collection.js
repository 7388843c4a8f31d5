// The documents as objects: from the page itself, or from the files beside it, which hand themselves over.
const once = (compute) => {
  let made;
  return () => (made ??= compute());
};
const collection = once(() => JSON.parse(find("#samling").textContent));
const lexicon = new Map(); // word form -> what else it is found under
const shards = new Map(); // number -> its documents, or the promise of them
const waiting = new Map();

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// The documents of a shard: at once where they are here, else a promise of them.
function shard(number) {
  if (!shards.has(number)) {
    const inside = collection().shards?.[number];
    shards.set(number, inside ? unpacked(inside) : fetched(number));
  }
  return shards.get(number);
}

function shardNumbers() {
  return [...(collection().shards ?? collection().files).keys()];
}

function fetched(number) {
  const file = collection().files[number];
  return new Promise((resolve, reject) => {
    waiting.set(number, resolve);
    const script = make("script");
    script.onload = () => script.remove();
    script.onerror = () => {
      shards.delete(number);
      reject(new Error(word("missing", { file })));
    };
    script.src = file;
    document.head.append(script);
  });
}

window.temaspejl = (number, content) => {
  shards.set(number, unpacked(content));
  waiting.get(number)?.(shards.get(number));
};

function unpacked({ documents, lexicon: entries }) {
  for (const [form, under] of Object.entries(entries)) lexicon.set(form, under);
  for (const one of documents) {
    one.paragraphs = one.parts.flatMap((part) => part.p.map((data) => paragraphOf(one, part, data)));
  }
  return documents;
}

// What is usual is left out of the data; here it is put back.
function paragraphOf(owner, part, { i, p, w, t, f = "paragraph", r = "brødtekst", u = "", h = "", o = [], s = [],
  g = [], m = [] }) {
  const name = (number) => collection().themes[number][0];
  const pieces = typeof t === "string" ? [t] : t;
  return {
    id: `${owner.id}-${i}`, document: owner, part, page: p, way: owner.ways[w], pieces, original: o, suggestions: s,
    form: f, role: r, uncounted: u, shared: h, text: pieces.map((piece) => typeof piece === "string" ? piece : piece[0]).join(""),
    tags: g.map(([theme, score, tone, act, holder]) => ({ theme: name(theme), score, tone, act, holder })),
    pairs: m.map(([theme, side, measure]) => ({ theme: name(theme), side, measure })),
  };
}

const themeNames = once(() => new Map(collection().themes.map(([id, da, en]) => [id, { da, en }])));
const themeName = (id) => themeNames().get(id)?.[root.lang] ?? id;
const placeName = (slug) => collection().places[slug]?.[0] ?? "";
const code = (kind, key) => words[root.lang][kind][key] ?? key;
const percent = (share, digits = 1) =>
  share.toLocaleString(root.lang === "en" ? "en-GB" : "da-DK", {
    style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits,
  });

function placeChip(slug) {
  const [name, colour, mark] = collection().places[slug];
  const chip = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = { class: `mark ${colour}`, width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) chip.setAttribute(key, value);
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "use");
  shape.setAttribute("href", `#${mark}`);
  chip.append(shape);
  return make("span", "place", chip, make("bdi", "", name));
}

function dateOf(iso) {
  if (!iso) return word("undated");
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const parts = new Intl.DateTimeFormat(root.lang === "en" ? "en-GB" : "da-DK", options).format(new Date(iso));
  return parts.replaceAll(" ", "\u00a0");
}

const flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");

function shortened(text, limit) {
  const letters = [...text];
  if (letters.length <= limit) return text;
  const cut = letters.slice(0, limit).join("");
  const sentence = Math.max(...[". ", "? ", "! ", ".\n"].map((end) => cut.lastIndexOf(end)));
  const space = cut.lastIndexOf(" ");
  const end = sentence > limit / 2 ? sentence + 1 : space > limit / 2 ? space : limit;
  return `${cut.slice(0, end).trimEnd()} […]`;
}

// The source line of a quote: municipality, title, committee, date, page and the way there.
function sourceOf({ document: one, part, page, way }) {
  const title = shortened(flat(one.title), 140);
  const bundled = one.parts.length > 1 && part.title && part.title !== one.title;
  const steps = [
    placeName(one.place),
    title,
    title.toLowerCase().includes(one.body.toLowerCase()) ? "" : one.body,
    bundled ? word("inside", { title: shortened(part.title, 140) }) : "",
    dateOf(part.date ?? one.date),
    one.pages > 1 ? word("on_page", { n: page }) : "",
    way,
  ];
  return steps.filter(Boolean).join(", ");
}
