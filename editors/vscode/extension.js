// Runs `bilint lsp`, and asks for what a command of the server needs.

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** Asks for the reason of a waiver. */
async function executeCommand(command, args, next) {
  if (command === "bilint.waive" && !args[0].reason) {
    const reason = await window.showInputBox({ prompt: "Why is it to be left as it is?" });
    if (!reason?.trim()) return undefined;
    args = [{ ...args[0], reason: reason.trim() }];
  }
  return next(command, args);
}

async function start() {
  const settings = workspace.getConfiguration("bilint");
  const server = { command: settings.get("path"), args: ["lsp", ...settings.get("arguments")] };
  client = new LanguageClient("bilint", server, {
    documentSelector: [{ scheme: "file" }],
    middleware: { executeCommand },
  });
  await client.start();
}

async function restart() {
  await client?.stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand("bilint.restart", restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("bilint")) restart();
    }),
  );
  await start();
};

exports.deactivate = () => client?.stop();
