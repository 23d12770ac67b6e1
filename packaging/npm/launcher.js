#!/usr/bin/env node
// Runs the program of the package for this platform, `@bilint/…`, which npm installs beside this one.
"use strict";

const { spawn } = require("node:child_process");
const path = require("node:path");

const { optionalDependencies, version } = require("../package.json");

/** The path of the program. */
function find() {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@bilint/${platform}`;
  const program = process.platform === "win32" ? "bilint.exe" : "bilint";
  if (process.env.BILINT_BINARY) {
    return process.env.BILINT_BINARY;
  }
  if (!Object.hasOwn(optionalDependencies, name)) {
    const platforms = Object.keys(optionalDependencies).map((other) => other.split("/")[1]);
    throw new Error(
      `there is no package for ${platform}, only for ${platforms.join(", ")}. Build bilint with ` +
        "`cargo install bilint`, and set BILINT_BINARY to the path of the program.",
    );
  }
  let manifest;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    throw new Error(
      `the package ${name} is missing, which has the program for ${platform}. Install again, without --omit=optional or ` +
        "--no-optional; if node_modules or the lockfile comes from another system, delete both first. Or set " +
        "BILINT_BINARY to the path of a program.",
    );
  }
  const found = require(manifest).version;
  if (found !== version) {
    throw new Error(`${name} is ${found}, but this package is ${version}. Install both in the same version.`);
  }
  return path.join(path.dirname(manifest), program);
}

function main() {
  let program;
  try {
    program = find();
  } catch (error) {
    console.error(`bilint: ${error.message}`);
    process.exitCode = 2;
    return;
  }
  const child = spawn(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
  // Ctrl-C reaches the whole group of a terminal; a signal to this process alone is passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => {
    console.error(`bilint: cannot run ${program}: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else {
      process.exitCode = code;
    }
  });
}

main();
