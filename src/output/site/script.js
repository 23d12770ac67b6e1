"use strict";
// The search of the front page. A page that is opened from a folder may not fetch data, so the names come in scripts, which
// are loaded when somebody searches.

const form = document.getElementById("search");
const box = document.getElementById("query");
const results = document.getElementById("results");
const report = document.getElementById("status");
const SHARDS = Number(form.dataset.shards);
const SHOWN = 50;

/** What is loaded: a record for each concept. */
const records = [];
let loaded = 0;
let failed = 0;

/** Names are compared without case, diacritics, quotation marks and hyphens, as `bilint glossary find` does. */
function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[“”"《》「」·.’']/g, "").replace(/[-‐‑–_\s]+/g, " ").trim();
}

const bilint = {
  /** A part of the names. */
  add(text) {
    for (const line of text.split("\n")) {
      const [id, zh, en, acronym, pinyin] = line.split("\t");
      const names = [...zh.split("|"), ...en.split("|"), acronym, id].filter(Boolean);
      const syllables = pinyin.split("|");
      records.push({
        id,
        zh: zh.split("|")[0],
        en: en.split("|")[0],
        acronym,
        names,
        folded: names.map(fold),
        pinyin: syllables.map((s) => s.replaceAll(" ", "")),
        initials: syllables.map((s) => s.split(" ").map((w) => w[0]).join("")),
      });
    }
  },
};

function load() {
  if (load.begun) return;
  load.begun = true;
  for (let i = 0; i < SHARDS; i++) {
    const script = document.createElement("script");
    script.src = `search/${i}.js`;
    script.onload = () => {
      loaded++;
      find();
    };
    script.onerror = () => {
      failed++;
      find();
    };
    document.head.append(script);
  }
}

/** How a concept matches: the rank, lower is better, and the name that does; or null. */
function match(record, query, words, letters) {
  let best = null;
  const offer = (rank, name) => {
    if (best === null || rank < best.rank) best = { rank, name };
  };
  record.folded.forEach((name, i) => {
    const at = name.indexOf(query);
    if (name === query) offer(0, record.names[i]);
    else if (at === 0) offer(1, record.names[i]);
    else if (at > 0) offer(name[at - 1] === " " ? 2 : 3, record.names[i]);
    else if (words.length > 1 && words.every((w) => ` ${name}`.includes(` ${w}`))) offer(4, record.names[i]);
  });
  if (best !== null || letters === null) return best;
  record.pinyin.forEach((name, i) => {
    if (name.startsWith(letters)) offer(name === letters ? 5 : 6, record.names[i]);
    else if (record.initials[i].startsWith(letters)) offer(7, record.names[i]);
    else if (name.includes(letters)) offer(8, record.names[i]);
  });
  return best;
}

function find() {
  const query = fold(box.value);
  results.replaceChildren();
  if (query === "") {
    report.textContent = "";
    return;
  }
  load();
  const tight = query.replaceAll(" ", "");
  const letters = /^[a-z0-9]{2,}$/.test(tight) ? tight : null;
  const words = query.split(" ");
  const found = [];
  for (const record of records) {
    const how = match(record, query, words, letters);
    if (how !== null) found.push({ record, ...how });
  }
  found.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.record.id < b.record.id ? -1 : 1));
  for (const { record, name } of found.slice(0, SHOWN)) results.append(item(record, name));
  const waiting = SHARDS - loaded - failed;
  const count = found.length === 1 ? "1 concept" : `${found.length} concepts`;
  const more = found.length > SHOWN ? `, the first ${SHOWN} of them below` : "";
  const rest = waiting > 0 ? "; still loading names" : failed > 0 ? "; some names could not be loaded" : "";
  report.textContent = `${count}${more}${rest}`;
}

function item(record, name) {
  const link = document.createElement("a");
  link.href = `concepts/${record.id}.html`;
  const [zh, en] = ["zh", "en"].map((lang) => {
    const span = document.createElement("span");
    span.lang = lang;
    span.textContent = record[lang];
    return span;
  });
  link.append(zh, " ", en);
  const line = document.createElement("li");
  line.append(link);
  const shown = [record.zh, record.en, record.id];
  const also = [record.acronym, shown.includes(name) || name === record.acronym ? "" : name].filter(Boolean);
  if (also.length > 0) line.append(` ${also.join(" · ")}`);
  return line;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
box.addEventListener("input", () => requestAnimationFrame(find));
box.addEventListener("focus", load, { once: true });
box.value = new URLSearchParams(location.search).get("q") ?? "";
if (box.value !== "") find();
