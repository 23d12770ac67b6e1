"use strict";
// The page is a readable report without this script. It adds filters, keys and decisions, and sends nothing anywhere.

const data = JSON.parse(document.getElementById("data").textContent);
const KEY = `bilint-review:${data.report}`;
const VERBS = { accepted: "Accepted", waived: "Waived", "not-an-error": "Not an error" };

/** One finding: its data, its element, its decision. */
const findings = data.findings.map((finding, i) => ({
  ...finding,
  element: document.getElementById(`f-${i + 1}`),
  number: i + 1,
  decision: finding.before ?? { state: "open" },
}));
const pairs = [...document.querySelectorAll(".pair")];
let current = null;
let currentPair = null;
let canStore = true;
let isUnsaved = false;

const byId = (id) => document.getElementById(id);
const say = (text) => (byId("status").textContent = text);
const reviewer = () => byId("who").value.trim();

/* Decisions */

function decide(finding, decision) {
  finding.decision = decision;
  isUnsaved = true;
  show(finding);
  store();
  summarize();
  filter();
  const what = VERBS[decision.state] ?? "Open again";
  say(`Finding ${finding.number}: ${what.toLowerCase()}`);
}

function describe({ state, reason, until, who, fix }) {
  if (state === "open") return "";
  const parts = [VERBS[state]];
  if (who) parts.push(`by ${who}`);
  if (until) parts.push(`until ${until}`);
  let text = parts.join(" ");
  if (state === "accepted" && fix !== undefined) text += `, to be changed to “${fix}”`;
  if (state === "accepted" && fix === undefined) text += ", to be corrected by hand";
  return reason ? `${text}: ${reason}` : text;
}

function show(finding) {
  const { element, decision } = finding;
  element.dataset.state = decision.state;
  element.querySelector(".decided").textContent = describe(decision);
  for (const button of element.querySelectorAll(".buttons [aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.dataset.state === decision.state));
  }
  element.querySelector(".reason").hidden = true;
  const select = element.querySelector(".change select");
  if (decision.state === "accepted") {
    select.value = String(finding.fixes.findIndex((fix) => fix.replacement === decision.fix));
  }
}

function accept(finding) {
  const select = finding.element.querySelector(".change select");
  const fix = finding.fixes[Number(select.value)];
  const decision = { state: "accepted", who: reviewer() };
  if (fix) decision.fix = fix.replacement;
  decide(finding, decision);
}

/** Opens the form for a reason. */
function askReason(finding, state) {
  const form = finding.element.querySelector(".decision");
  const [reason, until] = [form.querySelector("textarea"), form.querySelector("input")];
  form.dataset.pending = state;
  form.querySelector(".reason").hidden = false;
  reason.value = finding.decision.reason ?? "";
  until.value = finding.decision.until ?? "";
  reason.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function saveReason(finding, form) {
  const state = form.dataset.pending;
  const reason = form.querySelector("textarea").value.trim();
  const until = form.querySelector("input").value;
  if (!reason && state === "waived") {
    say("A waiver needs a reason");
    form.querySelector("textarea").focus();
    return;
  }
  const decision = { state, who: reviewer() };
  if (reason) decision.reason = reason;
  if (until) decision.until = until;
  decide(finding, decision);
  finding.element.focus();
}

function act(finding, state) {
  if (state === "accepted") accept(finding);
  else if (state === "open") decide(finding, { state });
  else askReason(finding, state);
}

function addForm(finding) {
  const form = byId("decision").content.cloneNode(true).querySelector("form");
  const select = form.querySelector("select");
  finding.fixes.forEach((fix, i) => select.add(new Option(fix.title, String(i))));
  select.add(new Option("none: correct it by hand", "-1"));
  form.querySelector(".change").hidden = finding.fixes.length === 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saveReason(finding, form);
  });
  for (const button of form.querySelectorAll("[data-state]")) {
    button.addEventListener("click", () => act(finding, button.dataset.state));
  }
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    form.querySelector(".reason").hidden = true;
    finding.element.focus();
  });
  select.addEventListener("change", () => {
    if (finding.decision.state === "accepted") accept(finding);
  });
  finding.element.append(form);
  finding.element.addEventListener("focusin", () => (current = finding));
}

/* Keeping, exporting and loading */

function store() {
  const decisions = Object.fromEntries(
    findings.filter((f) => f.decision.state !== "open").map((f) => [f.fingerprint, f.decision]),
  );
  try {
    localStorage.setItem(KEY, JSON.stringify({ who: reviewer(), decisions }));
  } catch {
    canStore = false;
    byId("storage").textContent =
      "This browser does not keep the decisions of a page opened from a file. Export them before you close it.";
    byId("storage").hidden = false;
  }
}

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // No storage, or not ours: `store` says so.
  }
  if (!kept) return;
  byId("who").value = kept.who ?? "";
  for (const finding of findings) {
    const decision = kept.decisions?.[finding.fingerprint];
    if (decision && (decision.state in VERBS)) finding.decision = decision;
  }
}

function exported() {
  return {
    version: 1,
    report: data.report,
    who: reviewer(),
    findings: findings.map(({ fingerprint, rule, file, line, message, pair, decision }) => ({
      fingerprint, rule, file, line, message, pair, ...decision,
    })),
  };
}

function download() {
  if (!reviewer()) {
    say("Enter your name first: it goes into the file");
    byId("who").focus();
    return;
  }
  const file = new Blob([`${JSON.stringify(exported(), null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `review-${reviewer().replace(/[^\p{L}\p{N}-]+/gu, "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  isUnsaved = false;
  say(`Exported ${link.download}`);
}

async function load(file) {
  let read = null;
  try {
    read = JSON.parse(await file.text());
  } catch {
    // Reported below.
  }
  if (read?.version !== 1 || !Array.isArray(read.findings)) {
    say(`${file.name} is not a file of decisions`);
    return;
  }
  const byFingerprint = new Map(findings.map((f) => [f.fingerprint, f]));
  let loaded = 0;
  let unknown = 0;
  for (const { fingerprint, state, reason, until, who, fix } of read.findings) {
    if (!(state in VERBS)) continue;
    const finding = byFingerprint.get(fingerprint);
    if (!finding) {
      unknown += 1;
      continue;
    }
    const decision = { state, who: who || read.who };
    for (const [key, value] of Object.entries({ reason, until, fix })) {
      if (typeof value === "string") decision[key] = value;
    }
    finding.decision = decision;
    show(finding);
    loaded += 1;
  }
  store();
  summarize();
  filter();
  const rest = unknown ? `; ${unknown} are about findings that this page does not have` : "";
  say(`${loaded} decisions loaded${rest}`);
}

/* The head of the page */

function summarize() {
  const decided = findings.filter((f) => f.decision.state !== "open").length;
  byId("progress").textContent = findings.length ? `${decided} of ${findings.length} findings decided` : "";
  if (!data.score) return;
  const errors = new Map(
    findings.filter((f) => f.error && f.decision.state === "accepted").map((f) => f.error),
  );
  const penalty = [...errors.values()].reduce((sum, weight) => sum + weight, 0);
  const rate = (penalty * 1000) / data.score.length;
  const { limit } = data.score;
  let text = "no error";
  if (errors.size) {
    text = `${errors.size} ${errors.size === 1 ? "error" : "errors"}, weight ${penalty}, ${rate.toFixed(2)} ‰`;
    if (limit !== null) text += ` (${rate <= limit ? "within" : "above"} the limit of ${limit} ‰)`;
  }
  byId("confirmed").textContent = `confirmed by a person: ${text}`;
}

/* Filters */

function filter() {
  const wanted = Object.fromEntries(
    [...document.querySelectorAll("[data-filter]")].map((select) => [select.dataset.filter, select.value]),
  );
  const isFiltered = Object.values(wanted).some(Boolean);
  const onlyFindings = byId("only-findings").checked;
  let shown = 0;
  for (const finding of findings) {
    const fits = Object.entries(wanted).every(
      ([key, value]) => !value || (key === "state" ? finding.decision.state : finding[key]) === value,
    );
    finding.element.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const mark of document.querySelectorAll("mark")) {
    const numbers = mark.dataset.findings.split(" ");
    mark.classList.toggle("off", numbers.every((n) => findings[n - 1].element.hidden));
  }
  for (const pair of pairs) {
    pair.hidden = (isFiltered || onlyFindings) && !pair.querySelector(".finding:not([hidden])");
  }
  for (const text of document.querySelectorAll("section.text")) {
    text.hidden = isFiltered && !text.querySelector(".finding:not([hidden])");
  }
  if (isFiltered) say(`${shown} of ${findings.length} findings shown`);
}

/* Moving */

function go(element) {
  element.scrollIntoView({ block: "nearest" });
  element.focus({ preventScroll: true });
}

/** The next or previous of the elements that are shown, seen from where the reader is. */
function step(elements, from, by) {
  const shown = elements.filter((e) => !e.hidden && !e.closest("[hidden]"));
  if (!shown.length) {
    say("Nothing is shown");
    return null;
  }
  if (!from) return by > 0 ? shown[0] : shown[shown.length - 1];
  const at = shown.indexOf(from);
  if (at >= 0) return shown[at + by] ?? null;
  const isAfter = (e) => Boolean(from.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
  return by > 0 ? (shown.find(isAfter) ?? null) : (shown.filter((e) => !isAfter(e)).pop() ?? null);
}

function stepPair(by) {
  const next = step(pairs, currentPair, by);
  if (!next) return;
  currentPair = next;
  current = findings.find((f) => next.contains(f.element) && !f.element.hidden) ?? null;
  go(next);
}

function stepFinding(by) {
  const elements = [...document.querySelectorAll(".finding")];
  // From a pair that j or k led to, n goes to the first finding in it.
  const from = document.activeElement === currentPair ? currentPair : current?.element;
  const next = step(elements, from ?? currentPair, by);
  if (!next) return;
  current = findings[next.dataset.finding - 1];
  currentPair = next.closest(".pair") ?? currentPair;
  go(next);
}

const KEYS = {
  j: () => stepPair(1),
  k: () => stepPair(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  "?": () => byId("help").showModal(),
};
const STATES = { a: "accepted", w: "waived", e: "not-an-error", u: "open" };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, dialog");
  if (event.key === "Escape" && event.target.closest(".reason")) {
    event.target.closest(".reason").hidden = true;
    current?.element.focus();
    return;
  }
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in KEYS) KEYS[event.key]();
  else if (!(event.key in STATES)) return;
  else if (current) act(current, STATES[event.key]);
  else say("No finding is selected; press n");
  event.preventDefault();
});

/* A link to a rule opens its explanation; a mark leads to its finding. */
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#rule-"]');
  if (link) byId(link.hash.slice(1)).open = true;
  const mark = event.target.closest("mark");
  const finding = mark && findings[mark.dataset.findings.split(" ").pop() - 1];
  if (finding && !finding.element.hidden) go(finding.element);
});

window.addEventListener("beforeunload", (event) => {
  if (!canStore && isUnsaved) event.preventDefault();
});

byId("filters").addEventListener("change", filter);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("who").addEventListener("change", store);
byId("export").addEventListener("click", download);
byId("import").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) load(file);
});
byId("show-help").addEventListener("click", () => byId("help").showModal());

findings.forEach(addForm);
restore();
findings.forEach(show);
byId("controls").hidden = false;
store();
summarize();
