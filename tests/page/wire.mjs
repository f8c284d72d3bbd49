// Speaks HTTP byte by byte, so that what is wrong with a request can be said exactly.
import net from "node:net";

/** Sends the bytes as they are; resolves to all that came back, once the server closes or `patience` is over. */
export function raw(bytes, port, patience = 3000) {
  return new Promise((resolve) => {
    let reply = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (data) => (reply += data.toString("latin1")));
    socket.on("error", () => resolve(reply));
    socket.on("close", () => resolve(reply));
    setTimeout(() => socket.destroy(), patience).unref();
  });
}

/** Sends a request line with the Host that it takes. */
export const asker = (port) => (line, headers = "", body = "") =>
  raw(`${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${headers}\r\n${body}`, port);

export const status = (reply) => Number(/^HTTP\/1\.\d (\d+)/.exec(reply)?.[1] ?? 0);
export const bodyOf = (reply) => reply.slice(reply.indexOf("\r\n\r\n") + 4);

/** Whether the text is {"error": {"status", "message"}} and nothing else. */
export function isShape(text, code) {
  try {
    const { error, ...rest } = JSON.parse(text);
    return Object.keys(rest).length === 0 && error.status === code && typeof error.message === "string" && error.message !== "" && Object.keys(error).length === 2;
  } catch {
    return false;
  }
}
