// The page of `bilint review` in headless Chromium: keys, decisions, export and load, filters, print, no scripts, no
// network, accessibility. Needs Chromium, and playwright-core and axe-core, which NODE_PATH may lead to:
//
//     npm install --prefix /tmp/browser playwright-core axe-core
//     NODE_PATH=/tmp/browser/node_modules node tests/browser/review.cjs target/debug/bilint [FOLDER FOR PICTURES]

"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const binary = path.resolve(process.argv[2] ?? "target/debug/bilint");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bilint-page-"));
const pictures = process.argv[3] ?? folder;
const url = `file://${folder}/review.html`;

/** 500 pairs, one in eight with a wrong figure; and a text with a paragraph that is not translated, and an attack. */
function writeTexts() {
  const records = [];
  for (let i = 1; i <= 500; i++) {
    const [users, wrong] = [1000 + 7 * i, i % 8 === 0 ? 3 : 0];
    const zh = `第${i}号实验室去年接待了${users}名用户，其中包括来自${20 + (i % 50)}个国家的研究人员，并公开了全部实验数据。`;
    const en = `Last year, laboratory No. ${i} received ${users + wrong} users, including researchers from ${20 + (i % 50)} countries, and published all data of its experiments.`;
    records.push(JSON.stringify({ zh, en }));
  }
  fs.writeFileSync(path.join(folder, "records.jsonl"), `${records.join("\n")}\n`);
  const attack = "</script><img src=x onerror=alert(1)>";
  const zh = ["# 国际会议", `共有37个国家${attack}参加了会议。`, "会议通过了十二项决议，并决定明年在成都举行下一次会议。", "代表们参观了稳态强磁场实验装置。"];
  const en = ["# International Conference", `A total of 36 countries ${attack} took part in the conference.`, "Delegates visited the Steady High Magnetic Field Laboratory."];
  fs.writeFileSync(path.join(folder, "report.zh.md"), `${zh.join("\n\n")}\n`);
  fs.writeFileSync(path.join(folder, "report.en.md"), `${en.join("\n\n")}\n`);
}

/** A page in a browser window of its own that notes requests and errors. */
async function open(browser, options = {}, prepare = () => {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.requests = [];
  page.errors = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("dialog", () => page.errors.push("a text under check opened a dialog"));
  await prepare(page);
  await page.goto(url);
  return page;
}

/** Closes the page, which must have asked for nothing but itself. */
async function close(page) {
  const outside = page.requests.filter((request) => !request.startsWith(url) && !request.startsWith("data:") && !request.startsWith("blob:"));
  assert.deepEqual(outside, [], "requests");
  assert.deepEqual(page.errors, [], "errors");
  await page.context().close();
}

const states = (page) =>
  page.evaluate(() => [...document.querySelectorAll(".finding")].map((f) => f.dataset.state));

async function checkKeys(browser) {
  const page = await open(browser);
  const press = (keys) => Promise.all([...keys].map((key) => page.keyboard.press(key)));
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.locator("#who").fill("Li");
  await page.locator("#who").blur();
  await page.keyboard.press("a");
  assert.match(await page.locator("#status").textContent(), /No finding is selected/);
  await press("n");
  assert.equal(await focused(), "f-1");
  await press("a");
  await press("nn");
  assert.equal(await focused(), "f-3");
  await press("p");
  assert.equal(await focused(), "f-2");
  await press("w");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await press("jk");
  await page.keyboard.press("Escape");
  assert.equal(await focused(), "f-2");
  await press("w");
  await page.keyboard.type("as the organizers write it");
  await page.locator("#f-2 .reason button[type=submit]").press("Enter");
  await press("n");
  await press("e");
  await page.locator("#f-3 .reason button[type=submit]").press("Enter");
  await press("n");
  await press("a");
  await press("u");
  const expected = ["accepted", "waived", "not-an-error", "open"];
  assert.deepEqual((await states(page)).slice(0, 4), expected);
  await press("j");
  const first = await focused();
  await press("jk");
  assert.equal(await focused(), first);
  await page.keyboard.press("?");
  assert.ok(await page.locator("#help").isVisible());
  await page.keyboard.press("Escape");
  assert.match(await page.locator("#progress").textContent(), /^3 of \d+ findings decided$/);
  assert.match(await page.locator("#confirmed").textContent(), /^confirmed by a person: 1 error, weight /);

  await page.reload();
  assert.deepEqual((await states(page)).slice(0, 4), expected, "decisions are kept");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#export").click()]);
  const file = path.join(folder, "li.json");
  await download.saveAs(file);
  assert.equal(download.suggestedFilename(), "review-Li.json");
  const read = JSON.parse(fs.readFileSync(file, "utf8"));
  assert.equal(read.findings[1].reason, "as the organizers write it");
  await close(page);

  const other = await open(browser);
  await other.locator("#import").setInputFiles(file);
  await other.waitForFunction(() => /decisions loaded/.test(document.getElementById("status").textContent));
  assert.deepEqual((await states(other)).slice(0, 4), expected, "decisions are loaded");
  await close(other);
  return file;
}

async function checkFilters(browser) {
  const page = await open(browser);
  const shown = () => page.evaluate(() => [...document.querySelectorAll(".pair")].filter((p) => !p.hidden).length);
  const all = await shown();
  await page.locator("#only-findings").check();
  const withFindings = await shown();
  assert.ok(withFindings >= 60 && withFindings < all, `${withFindings} of ${all}`);
  await page.locator("[data-filter=rule]").selectOption("paragraph-omitted");
  assert.equal(await shown(), 1);
  await page.locator("[data-filter=rule]").selectOption("");
  await page.locator("[data-filter=state]").selectOption("waived");
  assert.equal(await shown(), 0);
  await close(page);
}

async function checkAccessibility(browser) {
  for (const [name, width, colorScheme] of [
    ["wide-light", 1440, "light"],
    ["wide-dark", 1440, "dark"],
    ["narrow-light", 375, "light"],
    ["narrow-dark", 375, "dark"],
  ]) {
    const page = await open(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.keyboard.press("n");
    await page.keyboard.press("w");
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(scroll <= 0, `${name}: ${scroll} px too wide`);
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    const found = violations.map((v) => `${name}: ${v.id}: ${v.help}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
    assert.deepEqual(found, []);
    await close(page);
  }
}

async function checkWithoutScripts(browser) {
  const page = await open(browser, { javaScriptEnabled: false });
  assert.ok(await page.locator("#f-1").isVisible());
  assert.ok(!(await page.locator("#controls").isVisible()));
  await page.locator(".pair .ref").first().click();
  assert.match(page.url(), /#f-1$/);
  await page.screenshot({ path: path.join(pictures, "without-scripts.png") });
  await close(page);
}

async function checkStorageRefused(browser) {
  const page = await open(browser, {}, (p) =>
    p.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }),
  );
  assert.match(await page.locator("#storage").textContent(), /does not keep the decisions/);
  await close(page);
}

async function checkSpeed(browser) {
  const { size } = fs.statSync(path.join(folder, "review.html"));
  assert.ok(size < 2_000_000, `${size} bytes`);
  // Processor time of the page's thread: the machine may be busy with something else.
  const page = await open(browser, {}, async (p) => {
    const session = await p.context().newCDPSession(p);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    p.metrics = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find((m) => m.name === "TaskDuration").value * 1000;
    };
  });
  await page.locator("#controls").waitFor();
  const ready = await page.metrics();
  await page.keyboard.press("n");
  const step = (await page.metrics()) - ready;
  console.log(`${size} bytes, usable after ${Math.round(ready)} ms, next finding in ${Math.round(step)} ms`);
  assert.ok(ready < 1000, `${ready} ms`);
  await page.emulateMedia({ media: "print" });
  await page.pdf({ path: path.join(pictures, "print.pdf"), preferCSSPageSize: true });
  await page.context().close();
}

(async () => {
  writeTexts();
  const run = (...args) => execFileSync(binary, ["review", ".", ...args], { cwd: folder, encoding: "utf8" });
  console.log(run().trim());
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    await checkSpeed(browser);
    const file = await checkKeys(browser);
    await checkFilters(browser);
    await checkStorageRefused(browser);
    await checkWithoutScripts(browser);
    await checkAccessibility(browser);
    console.log(run("--apply", file, "--waivers", "waivers.toml").trim());
  } finally {
    await browser.close();
  }
  console.log("the page works");
  if (pictures !== folder) fs.rmSync(folder, { recursive: true });
})();
