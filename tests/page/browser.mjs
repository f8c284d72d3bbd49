// A headless Chromium (Debian's) with a page that notes what must not happen: errors on the console,
// and requests to anywhere but the server.
import { chromium } from "../../page/node_modules/playwright-core/index.mjs";
import { check } from "./server.mjs";

const ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
  "--disable-background-networking", "--disable-component-update", "--no-first-run"];

export async function open(path = process.env.CHROMIUM ?? "/usr/bin/chromium") {
  const browser = await chromium.launch({ executablePath: path, headless: true, args: ARGUMENTS });
  return {
    close: () => browser.close(),
    /** A page of its own; `allowed` begins every address that it may ask. With `refusals` the server may
     * refuse what is asked, which the browser notes on the console. */
    async page(title, allowed, { width = 1280, height = 800, dark = false, touch = false, refusals = false } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", hasTouch: touch, acceptDownloads: true });
      const page = await context.newPage();
      const wrong = [];
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && !(refusals && message.text().startsWith("Failed to load resource")) && wrong.push(message.text()));
      page.on("pageerror", (error) => wrong.push(error.message));
      page.on("request", (request) => {
        if (![allowed, "blob:", "data:"].some((one) => request.url().startsWith(one))) wrong.push(`asks ${request.url()}`);
      });
      page.setDefaultTimeout(15000);
      return Object.assign(page, {
        async done() {
          check(`${title}: nothing on the console, no request elsewhere`, wrong.length === 0, wrong.join("; "));
          await context.close();
        },
      });
    },
  };
}

/** Waits until the map has drawn what it holds. */
export async function drawn(page) {
  await page.waitForSelector(".chart[data-drawn]:not([data-drawn='0'])");
  await page.waitForTimeout(400);
}

/** Checks that axe-core (its source) finds nothing that it calls serious or critical. */
export const accessibility = (axe, check) => async (page, name) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const found = violations.filter((one) => ["serious", "critical"].includes(one.impact));
  check(`${name}: accessible`, found.length === 0, found.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(" ")}`).join("; "));
};
