// Starts and stops `annals serve` for the tests, and counts what held.
import { spawn } from "node:child_process";

export const count = { passed: 0, failed: 0 };

export function check(title, holds, found = "") {
  if (holds) count.passed++;
  else {
    count.failed++;
    console.log(`FAILED: ${title}${found === "" ? "" : `: ${found}`}`);
  }
}

export function finish() {
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed > 0 ? 1 : 0);
}

const children = new Set();
process.on("exit", () => children.forEach((child) => child.kill()));
for (const wrong of ["uncaughtException", "unhandledRejection"])
  process.on(wrong, (error) => {
    check(error.stack ?? String(error), false);
    finish();
  });

/** Resolves when the address is printed: { url, port, pid, log(), stop() }; stop resolves to the exit status. */
export function serve(program, record, options = []) {
  const child = spawn(program, ["--record", record, "serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let log = "";
  let out = "";
  child.stderr.on("data", (bytes) => (log += bytes));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = (signal = "SIGTERM") => {
    child.kill(signal);
    return ended;
  };
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (bytes) => {
      out += bytes;
      const found = /^http:\/\/\S+?:(\d+)\//.exec(out);
      if (found) resolve({ url: `http://127.0.0.1:${found[1]}/`, port: Number(found[1]), pid: child.pid, log: () => log, stop, ended });
    });
    ended.then((status) => reject(Object.assign(new Error(log), { status })));
  });
}
