// The search page: its filters live in the address, so that every figure can open what it was counted from.
const PAGE = 25;
const LONGEST = 1200; // characters of a result; a longer paragraph is shown around its first hit
const form = find("#soegeform");
const list = find("#traef");
const counter = find("#traeffere");
const choices = find("#valgt");
const turner = find("#sider");
let asked = 0; // which search is the latest: an older one may still be waiting for documents

function tagsAsked(tags, get) {
  const theme = get("tema");
  return tags.filter((tag) => (!theme || tag.theme === theme) && (!get("tone") || toned(tag, get)) &&
    (!get("handling") || tag.act === get("handling")) &&
    (!get("hvem") || (get("hvem") === "-" ? tag.act && !tag.holder : tag.holder === get("hvem"))));
}

// Procedure counts in no tone, but where procedure is asked for.
function toned(tag, get) {
  return tag.tone === get("tone") && (tag.act !== "procedure" || Boolean(get("handling")));
}

const oneOf = (wanted, ...values) => !wanted || wanted.split(",").some((one) => values.includes(one));

function periods(date) {
  if (!date) return ["udateret"];
  const year = date.slice(0, 4);
  return [year, `${year}-H${Number(date.slice(5, 7)) > 6 ? 2 : 1}`];
}

function passes(paragraph, filters) {
  const get = (name) => filters.get(name) ?? "";
  const { document: one, uncounted, role, tags, pairs, shared } = paragraph;
  if (get("talt") ? uncounted : get("grund") && uncounted !== get("grund")) return false;
  if (!oneOf(get("kommune"), one.place || "-") || !oneOf(get("type"), one.kind)) return false;
  if (!oneOf(get("aar"), ...periods(one.date)) || !oneOf(get("dok"), one.id) || !oneOf(get("rolle"), role)) return false;
  if (["tema", "tone", "handling", "hvem"].some(get) && !tagsAsked(tags, get).length) return false;
  if (get("og") && !tags.some((tag) => tag.theme === get("og"))) return false;
  if (get("faelles") && !(get("faelles") === "1" ? shared : shared === get("faelles"))) return false;
  if (!get("par") && !get("tiltag")) return true;
  return pairs.some((pair) => (!get("tema") || pair.theme === get("tema")) &&
    (!get("tiltag") || pair.measure === get("tiltag")) && (["", "1", pair.side].includes(get("par"))));
}

const newest = (one, other) => (other.document.date ?? "").localeCompare(one.document.date ?? "");
const oldest = (one, other) => (one.document.date ?? "9").localeCompare(other.document.date ?? "9");

function hitsOf(filters, terms) {
  const scored = [...lookUp(terms)].map(([entry, score]) => [entries[entry].paragraph, score, entry])
    .filter(([paragraph]) => passes(paragraph, filters));
  const byDate = { nyeste: newest, aeldste: oldest }[filters.get("orden")];
  // Text that is counted comes before lists of participants and the like.
  const weight = ([paragraph, score]) => score + (paragraph.uncounted ? 0 : 0.5);
  return scored.sort((one, other) =>
    (byDate ? byDate(one[0], other[0]) : weight(other) - weight(one)) || one[2] - other[2]).map(([hit]) => hit);
}

async function search(filters) {
  const turn = ++asked;
  const wanted = [...filters].some(([name, value]) => value && !["orden", "side"].includes(name));
  if (!wanted) {
    counter.textContent = word("start");
    list.replaceChildren();
    turner.hidden = true;
    return;
  }
  const current = () => turn === asked;
  if (indexed < 1) {
    counter.textContent = word("fetching", { share: percent(indexed, 0) });
    let shown = 0;
    try {
      await indexAll((share) => {
        if (!current() || performance.now() - shown < 300) return;
        show(filters, share);
        shown = performance.now();
      });
    } catch (error) {
      if (current()) counter.textContent = error.message;
      return;
    }
  }
  if (current()) show(filters, 1);
}

function show(filters, share) {
  const terms = [...parse(filters.get("q") ?? ""), ...parse(filters.get("ord") ?? "").map((term) => ({ ...term, exact: true }))];
  const hits = hitsOf(filters, terms);
  const documents = new Set(hits.map((hit) => hit.document)).size;
  const found = hits.length ? word("hits", {
    paragraphs: plural("paragraphs", hits.length), documents: plural("documents", documents),
  }) : word("none");
  counter.textContent = share < 1 ? `${found} · ${word("fetching", { share: percent(share, 0) })}` : found;
  const last = Math.max(1, Math.ceil(hits.length / PAGE));
  const page = Math.min(Math.max(Number(filters.get("side")) || 1, 1), last);
  const known = new Map();
  const hit = (original) => {
    if (!known.has(original)) known.set(original, isHit(original, terms));
    return known.get(original);
  };
  list.start = (page - 1) * PAGE + 1;
  list.replaceChildren(...hits.slice((page - 1) * PAGE, page * PAGE).map((one) => result(one, terms.length ? hit : null)));
  paged(filters, page, last);
}

// Links to the pages before and after; each is an address of its own, so that the way back leads here.
function paged(filters, page, last) {
  const link = (number, key) => {
    const there = new URLSearchParams(filters);
    there.set("side", number);
    const made = make("a", "", word(key));
    made.href = `#soeg?${there}`;
    return made;
  };
  turner.hidden = last === 1;
  turner.replaceChildren(
    ...(page > 1 ? [link(page - 1, "previous")] : []),
    make("span", "quiet", word("page_of", { page: count(page), pages: count(last) })),
    ...(page < last ? [link(page + 1, "next")] : []),
  );
}

function result(paragraph, hit) {
  const link = make("a", "", word("show"));
  link.href = `#afsnit-${paragraph.id}`;
  const button = make("button", "plain copy", word("copy"));
  button.type = "button";
  const source = make("cite", "", make("bdi", "", sourceOf(paragraph)));
  source.lang = "da";
  const caption = make("figcaption", "", source, make("span", "actions", ...tagList(paragraph), link, button));
  const quote = make("blockquote", "verbatim", ...marked(paragraph.text, hit));
  quote.lang = "da";
  return make("li", "", make("figure", "quote", quote, caption));
}

function marked(text, hit) {
  const matches = hit ? [...text.matchAll(WORD)].filter((match) => hit(match[0])) : [];
  const start = text.length <= LONGEST ? 0 : Math.max(0, (matches[0]?.index ?? 0) - LONGEST / 4);
  const stop = text.length <= LONGEST ? text.length : start + LONGEST;
  const parts = start ? ["[…] "] : [];
  let end = start;
  for (const match of matches) {
    if (match.index < start || match.index >= stop) continue;
    parts.push(text.slice(end, match.index), make("mark", "", match[0]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end, Math.max(end, stop)));
  return stop < text.length ? [...parts, " […]"] : parts;
}

function fill(filters) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = filters.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.tagName === "SELECT") offer(field, value);
    else field.value = value;
  }
  const details = find("details", form);
  if (findAll("select", details).some((field) => field.value)) details.open = true;
  choose(filters);
}

// Figures may be counted within several kinds or years at once, which no single option offers.
function offer(field, value) {
  find("[data-several]", field)?.remove();
  const options = [...field.options];
  if (!options.some((option) => option.value === value)) {
    const names = value.split(",").map((one) => options.find((option) => option.value === one)?.text ?? one);
    const option = new Option(names.join(", "), value);
    option.dataset.several = "";
    field.append(option);
  }
  field.value = value;
}

// What an address asks for that no field offers, each with a button that drops it.
function choose(filters) {
  const names = new Set([...form.elements].map((field) => field.name));
  const extra = [...filters].filter(([name, value]) => value && !names.has(name) && wording[name]);
  choices.hidden = !extra.length;
  choices.replaceChildren(...(extra.length ? [word("only"), " "] : []), ...extra.map(([name, value]) => {
    const choice = wording[name](value);
    const button = make("button", "chosen", choice, " ×");
    button.type = "button";
    button.setAttribute("aria-label", word("drop", { choice }));
    button.addEventListener("click", () => {
      filters.delete(name);
      filters.delete("side");
      location.hash = `soeg?${filters}`;
    });
    return button;
  }));
}

const wording = {
  ord: (value) => word("exact_word", { word: value }),
  par: (value) => (value === "1" ? word("any_pair") : code("sides", value)),
  tiltag: (value) => word("measure_named", { name: value }),
  faelles: (value) => word(value === "1" ? "any_shared" : "this_shared"),
  hvem: (value) => (value === "-" ? word("no_holder") : word("holder", { holder: value })),
};

function chosen() {
  const kept = [...read().filters].filter(([name]) => wording[name]);
  const filters = new URLSearchParams(read().id === "soeg" ? kept : []);
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
form.addEventListener("reset", () => {
  history.replaceState(null, "", "#soeg");
  setTimeout(changed);
});
listeners.push((page, filters) => {
  if (page.id !== "soeg") return;
  fill(filters);
  search(filters);
  if (indexed < 1) (window.requestIdleCallback ?? setTimeout)(() => indexAll(indexAll.tell).catch(() => {}));
});
document.addEventListener("sprog", () => {
  if (read().id !== "soeg") return;
  fill(read().filters);
  search(read().filters);
});
