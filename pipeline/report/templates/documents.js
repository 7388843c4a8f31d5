// A document's page, drawn when it is opened: facts, themes, and its text beside the raw text.
const viewer = make("section", "page document");
viewer.setAttribute("aria-labelledby", "dokument-h");
let drawn = null;
const wish = { raw: true, repaired: false };

function linkTo(address, ...children) {
  const link = make("a", "", ...children);
  link.href = `#${address}`;
  return link;
}

const isolated = (text) => make("bdi", "", text);

function title(identity) {
  const row = find(`#dokumentliste a[href="#dokument-${CSS.escape(identity)}"]`);
  return row ? linkTo(`dokument-${identity}`, isolated(row.textContent)) : identity;
}

function tagList({ tags }) {
  if (!tags.length) return [];
  const list = make("ul", "tags", ...tags.map((tag) => {
    const sign = make("span", "sign", words[root.lang].signs[tag.tone] ?? "");
    sign.setAttribute("aria-hidden", "true");
    const details = [
      tag.tone && word("tone", { tone: code("tones", tag.tone) }), tag.act && code("acts", tag.act),
      tag.holder && word("says", { holder: tag.holder }), word("score", { score: percent(tag.score, 0) }),
    ].filter(Boolean).join(", ");
    const link = linkTo(`tema-${tag.theme}`, ...(tag.tone ? [sign] : []), themeName(tag.theme),
      make("span", "unseen", `, ${details}`));
    link.className = `tag${tag.tone ? ` tone-${tag.tone}` : ""}`;
    link.title = details;
    return make("li", "", link);
  }));
  return [list];
}

function callouts(one) {
  const found = [];
  const status = code("why", one.uncounted);
  if (one.uncounted === "quarantined") {
    found.push(make("p", "callout warning", word("unread", { reason: one.reason })));
  } else if (one.uncounted) {
    const text = make("p", "callout", word("not_counted", { why: status }));
    const [near, similarity] = one.near;
    if (near) {
      const alike = similarity === null ? "" : ` (${word("alike", { share: percent(similarity, 0) })})`;
      text.append(` ${word("near")} `, title(near), `${alike}.`);
    }
    found.push(text);
  }
  if (one.closed) found.push(make("p", "callout", plural("closed_items", one.closed)));
  return found;
}

function facts(one) {
  const { evidence, quality } = one;
  const quiet = (text) => (text ? [make("span", "quiet", text)] : []);
  const from = (text, known, limit) =>
    quiet(text && (known ? word("from", { evidence: shortened(text, limit) }) : shortened(text, limit)));
  const sure = one.place && evidence.place ? quiet(word("sure", { share: percent(evidence.sure, 0) })) : [];
  const extent = [plural("pages", one.pages), one.ocr && plural("ocr_pages", one.ocr), plural("words", one.words),
    word("counted", { part: count(one.counted), whole: count(one.paragraphs.length) })];
  const lines = [
    ["municipality", one.place ? placeChip(one.place) : word("not_found"), ...from(evidence.place, one.place, 240), ...sure],
    ["date", dateOf(one.date), ...from(evidence.date, one.date, 160)],
    ["kind", code("kinds", one.kind), ...from(evidence.kind, true, 160)],
    ["body", one.body],
    ["cases", one.cases.join(", ")],
    ["file", isolated(one.paths.join(", "))],
    ["extent", extent.filter(Boolean).join(", ")],
    ["quality", quality ? qualityOf(quality) : ""],
  ];
  return make("dl", "facts", ...lines.filter(([, value]) => value).map(([key, ...values]) =>
    make("div", "", make("dt", "", word(key)), make("dd", "", ...values))));
}

function qualityOf([damaged, repaired]) {
  if (!damaged && !repaired) return word("undamaged");
  return `${word("damaged", { share: percent(damaged) })}; ${plural("repaired", repaired)}`;
}

function themesOf(one) {
  const counts = new Map();
  for (const { tags } of one.paragraphs.filter(({ uncounted }) => !uncounted)) {
    for (const { theme } of tags) counts.set(theme, (counts.get(theme) ?? 0) + 1);
  }
  if (!counts.size) return [];
  const ordered = [...counts].sort(([one_, n], [other, m]) => m - n || one_.localeCompare(other));
  return [make("h3", "", word("themes")), make("ul", "tags", ...ordered.map(([theme, number]) => {
    const link = linkTo(`soeg?tema=${theme}&dok=${one.id}&talt=1`, themeName(theme), " ", make("small", "", count(number)));
    link.className = "tag";
    return make("li", "", link);
  }))];
}

function suggestionsOf(one) {
  const rows = one.paragraphs.flatMap((paragraph) => paragraph.suggestions.map((row) => [paragraph, ...row]));
  if (!rows.length) return [];
  const columns = ["word", "proposal", "rule", "confidence", "where"];
  const head = columns.map((key) => {
    const cell = make("th", key === "confidence" ? "n" : "", word(key));
    cell.scope = "col";
    return cell;
  });
  const body = rows.map(([paragraph, before, after, rule, confidence]) => {
    const first = make("th", "verbatim", before);
    first.scope = "row";
    first.lang = "da";
    const link = linkTo(`afsnit-${paragraph.id}`, word("show_there"));
    if (one.pages > 1) link.prepend(word("page", { n: paragraph.page }), ": ");
    return make("tr", "", first, make("td", "verbatim", after || word("remove")), make("td", "", code("rules", rule)),
      make("td", "n", percent(confidence, 0)), make("td", "", link));
  });
  const table = make("table", "", make("caption", "", word("suggestions_note")),
    make("thead", "", make("tr", "", ...head)), make("tbody", "", ...body));
  const scroll = make("div", "scroll", table);
  return [make("details", "suggestions", make("summary", "", plural("suggestions", rows.length)), scroll)];
}

function changedText(kind, text, described) {
  const element = make(kind, "", text);
  element.dataset.start = word(`${kind}_start`);
  element.dataset.end = word("mark_end");
  if (described) element.title = described;
  return element;
}

function said(paragraph) {
  return paragraph.pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const [text, before, rule] = piece;
    return changedText("ins", text, word("stood", { before, rule: code("rules", rule) }));
  });
}

function raw(paragraph) {
  const stretches = paragraph.original.map((piece) => (typeof piece === "string" ? piece : changedText("del", piece[0])));
  const text = make("p", "o verbatim", make("span", "label", `${word("raw")} `), ...stretches);
  text.lang = "da";
  return text;
}

function reasons({ uncounted, shared, document: one }) {
  if (shared) return [make("p", "why", linkTo(`soeg?faelles=${shared}`, word("shared")))];
  if (!uncounted || uncounted === one.uncounted || uncounted === "heading") return [];
  return [make("p", "why", code("why", uncounted).split(":")[0])];
}

function paragraphElement(paragraph, level) {
  const repaired = paragraph.original.length > 0;
  const element = make("div", `p ${paragraph.form}${repaired ? " altered" : ""}`);
  element.id = `afsnit-${paragraph.id}`;
  if (paragraph.uncounted) element.dataset.u = paragraph.uncounted;
  const text = make(paragraph.form === "heading" ? `h${level}` : "p", "t verbatim", ...said(paragraph));
  text.lang = "da";
  element.append(text, ...(repaired ? [raw(paragraph)] : []));
  const notes = [...tagList(paragraph), ...reasons(paragraph)];
  if (notes.length) element.append(make("div", "notes", ...notes));
  return element;
}

function textOf(one) {
  const bundled = one.parts.length > 1;
  const body = make("div", "reading");
  let page = 0;
  for (const part of one.parts) {
    if (bundled) {
      const facts_ = [code("kinds", part.kind), dateOf(part.date), part.author].filter(Boolean).join(", ");
      const heading = make("h4", "", part.title ? isolated(part.title) : word("untitled"));
      body.append(make("div", "part", heading, make("p", "quiet", facts_)));
    }
    for (const paragraph of one.paragraphs.filter((each) => each.part === part)) {
      if (one.pages > 1 && paragraph.page !== page) {
        body.append(make("p", "pagemark", word("page", { n: (page = paragraph.page) })));
      }
      body.append(paragraphElement(paragraph, bundled ? 5 : 4));
    }
  }
  return body;
}

function checkbox(key, wished, change) {
  const box = make("input");
  box.type = "checkbox";
  box.checked = wish[wished];
  box.addEventListener("change", () => {
    wish[wished] = box.checked;
    change();
  });
  return make("label", "check", box, ` ${word(key)}`);
}

// The text with what steers it: the raw text stands beside it only in a document where something differs.
function readingPart(one) {
  if (!one.paragraphs.length) return [];
  const altered = one.paragraphs.filter((paragraph) => paragraph.original.length).length;
  const body = textOf(one);
  if (!altered) return [make("h3", "", word("text")), body];
  const counter = make("p", "count");
  counter.setAttribute("role", "status");
  const columns = make("p", "columns", make("span", "", word("repaired_text")), make("span", "", word("raw_text")));
  columns.setAttribute("aria-hidden", "true");
  // Over a text that is mostly unaltered, the head of a column of raw text would stand above other things.
  const few = altered * 2 < one.paragraphs.length;
  body.classList.toggle("few", few);
  const apply = () => {
    body.classList.toggle("with-raw", wish.raw);
    body.classList.toggle("only-altered", wish.repaired);
    columns.hidden = !wish.raw || few;
    counter.textContent = wish.repaired
      ? word("shown_paragraphs", { part: count(altered), whole: count(one.paragraphs.length) }) : "";
  };
  apply();
  const tools = make("div", "tools", checkbox("only_repaired", "repaired", apply), checkbox("show_raw", "raw", apply));
  return [make("h3", "", word("text")), make("p", "note", word("text_note")), tools, counter, columns, body];
}

function draw(one) {
  drawn = one;
  const heading = make("h2", "", isolated(one.title));
  heading.id = "dokument-h";
  heading.tabIndex = -1;
  viewer.id = `dokument-${one.id}`;
  viewer.replaceChildren(
    make("p", "crumbs", linkTo("dokumenter", word("documents_page"))), heading, ...callouts(one),
    make("h3", "", word("facts")), facts(one), ...themesOf(one), ...suggestionsOf(one), ...readingPart(one));
}

function drawMessage(text) {
  drawn = null;
  const heading = make("h2", "", text);
  heading.id = "dokument-h";
  heading.tabIndex = -1;
  viewer.replaceChildren(heading);
}

// The router asks before it looks for an address: `dokument-ID` and `afsnit-ID-OFFSET` are drawn here.
openers.push((id) => {
  const [, kind, identity] = /^(dokument|afsnit)-([^-]+)/.exec(id) ?? [];
  const number = kind ? collection().where[identity] : undefined;
  if (number === undefined) return null;
  if (!viewer.isConnected) find("main").append(viewer);
  const open = (documents) => {
    const wanted = documents.find((one) => one.id === identity);
    if (drawn !== wanted) draw(wanted);
    const target = document.getElementById(id);
    if (wish.repaired && target?.matches(".p:not(.altered)")) {
      wish.repaired = false;
      draw(wanted);
    }
  };
  const here = shard(number);
  if (!(here instanceof Promise)) return open(here);
  viewer.id = id;
  drawMessage(word("fetching_document"));
  return here.then(open, (error) => drawMessage(error.message));
});
document.addEventListener("sprog", () => drawn && draw(drawn));
