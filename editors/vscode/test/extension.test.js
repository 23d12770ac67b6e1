// The extension without VS Code: its modules are replaced by ones that record what is done with them.

const assert = require("node:assert");
const Module = require("node:module");
const test = require("node:test");

const answers = [];
const started = [];
let stopped = 0;

class LanguageClient {
  constructor(id, server, options) {
    Object.assign(this, { id, server, options });
  }
  async start() {
    started.push(this);
  }
  async stop() {
    stopped += 1;
  }
}

const registered = {};
const settings = { path: "/opt/bilint", arguments: ["--waivers", "waivers.toml"] };
const modules = {
  vscode: {
    commands: { registerCommand: (name, run) => ((registered[name] = run), { dispose() {} }) },
    window: { showInputBox: async () => answers.shift() },
    workspace: {
      getConfiguration: () => ({ get: (key) => settings[key] }),
      onDidChangeConfiguration: () => ({ dispose() {} }),
    },
  },
  "vscode-languageclient/node": { LanguageClient },
};
const load = Module._load;
Module._load = (name, ...rest) => modules[name] ?? load(name, ...rest);
const extension = require("../extension.js");

test("the server is started with the settings, and again on demand", async () => {
  await extension.activate({ subscriptions: [] });
  assert.deepStrictEqual(started[0].server, { command: "/opt/bilint", args: ["lsp", "--waivers", "waivers.toml"] });
  await registered["bilint.restart"]();
  assert.deepStrictEqual([started.length, stopped], [2, 1]);
});

test("a waiver is given the reason that the user writes", async () => {
  const { executeCommand } = started[0].options.middleware;
  const sent = [];
  const next = (command, args) => sent.push([command, args]);
  answers.push(" a quotation ", undefined);
  await executeCommand("bilint.waive", [{ fingerprint: "f" }], next);
  await executeCommand("bilint.waive", [{ fingerprint: "g" }], next);
  await executeCommand("bilint.addToGlossary", [{ zh: "甲", en: "a" }], next);
  assert.deepStrictEqual(sent, [
    ["bilint.waive", [{ fingerprint: "f", reason: "a quotation" }]],
    ["bilint.addToGlossary", [{ zh: "甲", en: "a" }]],
  ]);
});
