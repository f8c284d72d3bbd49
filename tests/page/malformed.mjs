// What is no HTTP, or hardly: every refusal in the one error shape; slow and hostile clients beside others.
// usage: malformed.mjs PROGRAM RECORD
import net from "node:net";
import { check, finish, serve } from "./server.mjs";
import { asker, bodyOf, isShape, raw, status } from "./wire.mjs";

const [program, record] = process.argv.slice(2);
const server = await serve(program, record);
const ask = asker(server.port);
const host = `Host: 127.0.0.1:${server.port}\r\n`;
const end = "Connection: close\r\n\r\n";

const late = new Promise((resolve) => {
  let reply = "";
  const socket = net.connect(server.port, "127.0.0.1", () => socket.write("GET / HT"));
  socket.on("data", (data) => (reply += data));
  socket.on("close", () => resolve(reply));
});
// ------------------------------------------------------------------ one shape, whatever is wrong
const wrong = [
  ["no method", `/ HTTP/1.1\r\n${host}${end}`, 400],
  ["a method alone", "GET\r\n\r\n", 400],
  ["no version", `GET /\r\n${host}${end}`, 400],
  ["a version of no kind", `GET / HTTP/one\r\n${host}${end}`, 400],
  ["a version to come", `GET / HTTP/9.9\r\n${host}${end}`, 505],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["two blanks", `GET  / HTTP/1.1\r\n${host}${end}`, 400],
  ["a tab", `GET\t/\tHTTP/1.1\r\n${host}${end}`, 400],
  ["no path", `GET index.html HTTP/1.1\r\n${host}${end}`, 400],
  ["a star", `OPTIONS * HTTP/1.1\r\n${host}${end}`, 400],
  ["another's address", `GET http://evil.example/ HTTP/1.1\r\n${host}${end}`, 400],
  ["CONNECT", `CONNECT evil.example:443 HTTP/1.1\r\n${host}${end}`, 400],
  ["a path with a raw byte", `GET /\xc3\xa9 HTTP/1.1\r\n${host}${end}`, 400],
  ["zeros", "\0\0\0\0\r\n\r\n", 400],
  ["TLS", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 400],
  ["lines without CR", `GET / HTTP/1.1\nHost: 127.0.0.1\n\n`, 400],
  ["a field without a colon", `GET / HTTP/1.1\r\nHost 127.0.0.1\r\n${end}`, 400],
  ["a blank before the colon", `GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n${end}`, 400],
  ["a field that goes on", `GET / HTTP/1.1\r\n${host}X-A: b\r\n c\r\n${end}`, 400],
  ["a control character", `GET / HTTP/1.1\r\n${host}X-A: b\x07\r\n${end}`, 400],
  ["a zero in a field", `GET / HTTP/1.1\r\n${host}X-A: b\0c\r\n${end}`, 400],
  ["a CR within", `GET / HTTP/1.1\r\n${host}X-A: b\rSet-Cookie: c\r\n${end}`, 400],
  ["no Host", `GET / HTTP/1.1\r\n${end}`, 400],
  ["two Hosts", `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n${end}`, 400],
  ["two lengths", `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n${end}a`, 400],
  ["a length that is none", `POST / HTTP/1.1\r\n${host}Content-Length: +1\r\n${end}a`, 400],
  ["a negative length", `POST / HTTP/1.1\r\n${host}Content-Length: -1\r\n${end}`, 400],
  ["a huge length", `POST / HTTP/1.1\r\n${host}Content-Length: 99999999999\r\n${end}`, 413],
  ["a length beyond numbers", `POST / HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n${end}`, 400],
  ["chunks", `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n${end}0\r\n\r\n`, 411],
  ["both", `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`, 411],
  ["Expect", `POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 3\r\n${end}`, 417],
  ["a long address", `GET /${"a".repeat(9000)} HTTP/1.1\r\n${host}${end}`, 414],
  ["an endless address", `GET /${"a".repeat(100000)}`, 414],
  ["a long field", `GET / HTTP/1.1\r\n${host}X-A: ${"a".repeat(200000)}\r\n${end}`, 431],
  ["many fields", `GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(2000)}${end}`, 431],
];
for (const [title, bytes, code] of wrong) {
  const reply = await raw(Buffer.from(bytes, "latin1"), server.port);
  check(`${title}: ${code} in the one shape`, status(reply) === code && isShape(bodyOf(reply), code), reply.slice(0, 60));
  check(`${title}: guarded`, /content-security-policy: default-src 'none'/i.test(reply) && /connection: close/i.test(reply) && !/^set-cookie/im.test(reply));
}
// What follows a body is no request of whoever sent it: nothing is smuggled.
const smuggled = await raw(`POST /api/v1/events HTTP/1.1\r\n${host}Content-Length: 44\r\n\r\nGET /api/v1/summary HTTP/1.1\r\nHost: evil\r\n\r\n\r\nGET /nothing HTTP/1.1\r\n${host}${end}`, server.port);
check("a body is no request", (smuggled.match(/HTTP\/1\.1 \d+/g) ?? []).join() === "HTTP/1.1 405,HTTP/1.1 404", smuggled.match(/HTTP\/1\.1 \d+/g)?.join());
const two = await raw(`GET /api/v1/summary HTTP/1.1\r\n${host}\r\nGET /nothing HTTP/1.1\r\n${host}\r\nrubbish\r\n\r\n`, server.port);
check("requests of one connection are answered in their order", (two.match(/HTTP\/1\.1 \d+/g) ?? []).join() === "HTTP/1.1 200,HTTP/1.1 404,HTTP/1.1 400", two.match(/HTTP\/1\.1 \d+/g)?.join());
const bit = await new Promise((resolve) => {
  let reply = "";
  const socket = net.connect(server.port, "127.0.0.1");
  socket.on("data", (data) => (reply += data.toString("latin1")));
  socket.on("close", () => resolve(reply));
  const text = `GET /api/v1/summary HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
  let at = 0;
  const timer = setInterval(() => (at < text.length ? socket.write(text[at++]) : clearInterval(timer)), 2);
});
check("a request in bytes", status(bit) === 200);
// Random damage to a good request: an answer or a refusal, never silence, never another shape.
let seed = 7;
const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
let odd = "";
for (let round = 0; round < 120; round++) {
  const good = Buffer.from(`GET /api/v1/days?from=2001-01-01 HTTP/1.1\r\n${host}Accept: */*\r\n${end}`);
  for (let i = 0; i <= random(3); i++) good[random(good.length)] = random(256);
  const reply = await raw(good, server.port, 250);
  // Where the damage took the end of the head, the server waits for it.
  if (reply !== "" && status(reply) !== 200 && !isShape(bodyOf(reply), status(reply))) odd = JSON.stringify(good.toString("latin1"));
}
check("damaged requests", odd === "", odd);

// ------------------------------------------------------------------ 200 clients that never end what they say
const slow = [];
const attack = (i) => {
  const socket = net.connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(["GET /api/v1/ev", `GET / HTTP/1.1\r\n${host}X-Slow: `, `POST /api/v1/decisions HTTP/1.1\r\n${host}Content-Length: 60000\r\n\r\n{`, ""][i % 4]);
  slow.push(socket);
};
for (let i = 0; i < 200; i++) attack(i);
const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write("a")), 100);
await new Promise((resolve) => setTimeout(resolve, 300));
const times = [];
for (let i = 0; i < 60; i++) {
  const began = performance.now();
  const reply = await fetch(`${server.url}api/v1/claims?limit=${i + 1}`);
  await reply.arrayBuffer();
  times.push(reply.status === 200 ? performance.now() - began : 60000);
}
times.sort((a, b) => a - b);
check("beside 200 slow clients 19 of 20 are served within half a second", times[56] < 500, `${times[56].toFixed(0)} ms`);
clearInterval(drip);
check("who does not end what he says is told so", status(await late) === 408 && isShape(bodyOf(await late), 408), (await late).slice(0, 40));
for (let i = 0; i < 600; i++) attack(0);
await new Promise((resolve) => setTimeout(resolve, 300));
const served = await Promise.all(Array.from({ length: 20 }, (_, i) => fetch(`${server.url}api/v1/days?from=20${10 + i}-01-01`).then((reply) => reply.status, () => 0)));
check("beside more than there are places too", served.every((one) => one === 200), served.join());
slow.forEach((socket) => socket.destroy());
await new Promise((resolve) => {
  // Clients that ask for much and do not read it.
  const sockets = Array.from({ length: 40 }, () => {
    const socket = net.connect(server.port, "127.0.0.1", () => {
      for (let i = 0; i < 20; i++) socket.write(`GET /api/v1/reports?format=csv HTTP/1.1\r\n${host}\r\n`);
      socket.pause();
    });
    return socket.on("error", () => undefined);
  });
  setTimeout(() => (sockets.forEach((socket) => socket.destroy()), resolve()), 400);
});
check("still served", (await fetch(`${server.url}api/v1/summary`)).status === 200);
check("the log has a line a request, and none is broken", server.log().split("\n").filter(Boolean).every((one) => /^[\d.]+ [A-Z-]+ \S.* \d+ \d+ [\d.]+ ms$/.test(one)), server.log().split("\n").filter(Boolean).find((one) => !/^[\d.]+ [A-Z-]+ \S.* \d+ \d+ [\d.]+ ms$/.test(one)));
check("SIGTERM stops it in peace", (await server.stop()) === 0);
finish();
