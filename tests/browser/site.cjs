// The site of `bilint glossary site` in headless Chromium, from a folder and from a server: search, indexes, links, no scripts,
// no network, accessibility, print. Needs Chromium, and playwright-core and axe-core: see review.cjs.
//
//     NODE_PATH=/tmp/browser/node_modules node tests/browser/site.cjs target/debug/bilint [FOLDER FOR PICTURES]

"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const binary = path.resolve(process.argv[2] ?? "target/debug/bilint");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bilint-site-"));
const pictures = process.argv[3] ?? folder;
const site = path.join(folder, "site");
const files = `file://${site}/`;

/** A page in a browser window of its own that notes requests and errors. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.requests = [];
  page.errors = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  await page.goto(url);
  return page;
}

/** Closes the page, which must have asked for files of the site only. */
async function close(page, root) {
  const outside = page.requests.filter((request) => !request.startsWith(root) && !request.startsWith("data:"));
  assert.deepEqual(outside, [], "requests");
  assert.deepEqual(page.errors, [], "errors");
  await page.context().close();
}

const results = (page) => page.locator("#results li").allTextContents();

async function search(page, query) {
  await page.locator("#query").fill(query);
  await page.waitForFunction(() => /concepts?\b(?!.*loading)/.test(document.getElementById("status").textContent));
  return results(page);
}

async function checkSearch(browser, root) {
  const page = await open(browser, `${root}index.html`);
  for (const query of ["中国科学院", "科学院", "Chinese Academy of Sciences", "academy sciences", "zhongguokexueyuan", "zgkxy", "zhongguo kexue", "CAS", "cas"]) {
    const found = await search(page, query);
    assert.ok(found.some((line) => line.includes("中国科学院") && line.includes("Chinese Academy of Sciences")), `${query}: ${found}`);
  }
  assert.match((await search(page, "cas"))[0], /^中国科学院 /, "the acronym itself comes first");
  assert.match((await search(page, "chongqing"))[0], /重庆/, "a character with two readings");
  assert.deepEqual(await search(page, "xyzzyq"), []);
  assert.equal(await page.locator("#status").textContent(), "0 concepts");
  await search(page, "中国科学院");
  await page.locator("#results a").first().click();
  assert.match(await page.locator("h1").textContent(), /中国科学院/);
  // From the page of a concept, the form leads back to the search.
  await page.locator("header [name=q]").fill("zgkxy");
  await page.locator("header button").click();
  await page.waitForFunction(() => document.querySelectorAll("#results li").length > 0);
  assert.match((await results(page))[0], /中国科学院/);
  await close(page, root);
}

async function checkIndexes(browser, root) {
  const page = await open(browser, `${root}index.html`, { javaScriptEnabled: false });
  assert.ok(!(await page.locator("#search").isVisible()), "no search without scripts");
  await page.locator("nav").first().getByRole("link", { name: "Z", exact: true }).click();
  await page.getByRole("link", { name: "中国科学院", exact: true }).first().click();
  assert.match(await page.locator("h1").textContent(), /Chinese Academy of Sciences/);
  const data = JSON.parse(await page.locator("script[type='application/ld+json']").textContent());
  assert.equal(data["@type"], "DefinedTerm");
  assert.equal(data.name[0]["@value"], "中国科学院");
  await close(page, root);
}

async function checkAccessibility(browser) {
  const pages = { front: "index.html", concept: "concepts/cas.html", letter: "zh/z.html" };
  for (const [name, file] of Object.entries(pages)) {
    for (const [width, colorScheme] of [
      [1440, "light"],
      [1440, "dark"],
      [375, "light"],
      [375, "dark"],
    ]) {
      const page = await open(browser, files + file, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      if (name === "front") await search(page, "科学院");
      const what = `${name}-${width}-${colorScheme}`;
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(scroll <= 0, `${what}: ${scroll} px too wide`);
      await page.screenshot({ path: path.join(pictures, `site-${what}.png`) });
      await page.evaluate(axe);
      // Without preloading: from a folder, axe cannot read the style sheet.
      const { violations } = await page.evaluate(() => axe.run({ preload: false }));
      const found = violations.map((v) => `${what}: ${v.id}: ${v.help}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
      assert.deepEqual(found, []);
      if (width === 1440 && colorScheme === "light") {
        await page.emulateMedia({ media: "print" });
        await page.pdf({ path: path.join(pictures, `site-${name}.pdf`), preferCSSPageSize: true });
      }
      await close(page, files);
    }
  }
}

(async () => {
  const corpus = path.join(folder, "texts.jsonl");
  const pairs = [
    { zh: "中国科学院发布了报告。", en: "The Chinese Academy of Sciences published a report." },
    { zh: "中国科学院举行了会议。", en: "CAS held a meeting." },
  ];
  fs.writeFileSync(corpus, `${pairs.map((pair) => JSON.stringify(pair)).join("\n")}\n`);
  const run = (...args) => execFileSync(binary, ["glossary", "site", site, "--no-config", ...args], { encoding: "utf8" }).trim();
  console.log(run("--corpus", corpus, "--title", "Official names"));
  const stray = path.join(site, "concepts", "gone.html");
  fs.writeFileSync(stray, "old");
  assert.match(run("--corpus", corpus, "--title", "Official names"), /removed 1 old page$/);
  assert.ok(!fs.existsSync(stray));
  const server = http.createServer((request, response) => {
    const file = path.join(site, new URL(request.url, "http://localhost").pathname);
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
    return response.writeHead(200, { "content-type": types[path.extname(file)] }).end(fs.readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    for (const root of [files, `http://localhost:${server.address().port}/`]) {
      await checkSearch(browser, root);
      await checkIndexes(browser, root);
    }
    await checkAccessibility(browser);
  } finally {
    await browser.close();
    server.close();
  }
  console.log("the site works");
  fs.rmSync(pictures === folder ? site : folder, { recursive: true });
})();
