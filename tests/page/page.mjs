// The page in a browser: what a reader does, by mouse, keyboard and address bar.
// usage: page.mjs PROGRAM RECORD [FOLDER for pictures]
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { drawn, open } from "./browser.mjs";
import { check, finish, serve } from "./server.mjs";

const [program, record, pictures] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-page-"));
const server = await serve(program, record, ["--quiet"]);
const browser = await open();
const axe = readFileSync("page/node_modules/axe-core/axe.min.js", "utf8");

const picture = async (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });
/** No finding of axe-core that it calls serious or critical. */
async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  const found = violations.filter((one) => ["serious", "critical"].includes(one.impact));
  check(`${name}: accessible`, found.length === 0, found.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(" ")}`).join("; "));
}
const hash = (page) => decodeURIComponent(new URL(page.url()).hash);
const lines = (page) => page.locator(".chronicle .line");

// ------------------------------------------------------------------ map, slider, event, sentence
let page = await browser.page("map", server.url);
await page.goto(server.url);
await drawn(page);
await lines(page).first().waitFor();
check("the title names the record", (await page.title()).includes("annals"));
check("the chronology has lines", (await lines(page).count()) > 50);
await accessible(page, "map");
await picture(page, "page-map");
const now = page.locator("[data-handle=now]");
await now.focus();
await page.keyboard.press("Home");
await page.keyboard.press("ArrowRight");
check("arrow keys move the slider", /at=200/.test(hash(page)) && /September 2000|October 2000/.test(await now.getAttribute("aria-valuetext")), hash(page));
const bars = await page.locator(".bars canvas").boundingBox();
await page.mouse.click(bars.x + bars.width * 0.5, bars.y + 20);
await page.waitForFunction(() => /at=201/.test(location.hash), null, { timeout: 3000 }).catch(() => undefined);
check("a click moves the slider", /at=201/.test(hash(page)), hash(page));
await page.keyboard.press("Tab");
const strip = await page.locator(".strip canvas").boundingBox();
await page.mouse.move(strip.x + strip.width * 0.69, strip.y + 8);
await page.mouse.down();
await page.mouse.move(strip.x + strip.width * 0.8, strip.y + 8, { steps: 5 });
await page.mouse.up();
check("the brush chooses days", /from=201[45]-/.test(hash(page)) && /to=201[67]-/.test(hash(page)), hash(page));
await page.waitForSelector(".chronicle[aria-busy=false]");
await lines(page).filter({ hasText: "gunship" }).first().waitFor();
check("only those days are told", (await page.locator(".chronicle h3").allTextContents()).every((day) => /201[4567]/.test(day)));
await page.getByRole("button", { name: "Play" }).click();
await page.waitForFunction(() => /at=/.test(location.hash));
await page.getByRole("button", { name: "Pause" }).click();
check("play moves the slider", /at=201/.test(hash(page)));
await page.getByRole("button", { name: "All days" }).click();
check("all days again", !/from=|to=|at=/.test(hash(page)), hash(page));

// The list of the days before stands until the new one has come.
await page.waitForFunction(() => document.querySelector(".chronicle[aria-busy=false] .line a[href]:not([href*='from='])"), null, { timeout: 30000 });
await lines(page).filter({ hasText: "An American aircraft fired on a hospital" }).first().locator("a").click();
await page.locator(".event h2").waitFor();
check("an event opens", /event=e/.test(hash(page)));
await accessible(page, "event");
await page.locator(".side").evaluate((side) => side.scrollTo(0, 0));
await page.waitForTimeout(500);
await picture(page, "page-event");
const figure = page.locator(".figure a").first();
const claim = await figure.getAttribute("data-follow");
await figure.click();
check("a figure leads to its sentence", (await page.evaluate(() => document.activeElement.id)) === `claim-${claim}`);
const sentence = await page.locator(`#claim-${claim} blockquote`).textContent();
check("the sentence has the word that tells it", (await page.locator(`#claim-${claim} blockquote mark`).count()) === 1);
await page.locator(`#claim-${claim}`).getByRole("link", { name: "Read in the report" }).click();
await page.locator(".text mark.chosen").first().waitFor();
const body = (await page.locator(".text").textContent()).replace(/\s+/g, " ");
check("the report holds the sentence", body.includes(sentence.replace(/\s+/g, " ").trim()));
check("the coded claim stands beside it", (await page.locator(".coded dt").allTextContents()).includes("Told as"));
await accessible(page, "report");
await picture(page, "page-report");
const other = page.locator(".text mark.claim:not(.chosen)").first();
const wanted = await other.getAttribute("data-claim");
await other.click();
check("a highlight opens its claim", hash(page).includes(wanted) && (await page.locator(`.reader aside [aria-pressed=true]`).count()) === 1);
await page.locator(".reader aside li button").last().click();
check("a claim shows its words", (await page.locator(".text mark.chosen").count()) > 0);
await page.locator(".kinds input").first().uncheck();
check("highlights can be put out", (await page.locator(".text mark.claim:not(.chosen)").count()) === 0);
await page.keyboard.press("Escape");
await page.locator(".event h2").waitFor();
await page.goBack();
await page.locator(".reader h1").waitFor();
check("back goes back", /report=r/.test(hash(page)));
await page.done();

// ------------------------------------------------------------------ disputes, decisions
page = await browser.page("disputes", server.url);
await page.goto(`${server.url}#/disputes`);
await page.locator(".dispute").first().waitFor();
check("disputes have their sides", (await page.locator(".dispute").first().locator("li").count()) > 1);
await accessible(page, "disputes");
await picture(page, "page-disputes");
await page.locator(".dispute blockquote a").first().click();
await page.locator(".text mark.chosen").first().waitFor();
check("a side leads to its words", /report=r/.test(hash(page)));
const decided = spawnSync(program, ["--record", record, "amend", claim, "--accept", "--reason", "<b>read again</b>", "--author", "tester"]);
await page.goto(`${server.url}#/reports`);
await page.reload();
const all = await (await fetch(`${server.url}api/v1/claims/${claim}`)).json();
await page.goto(`${server.url}#/?event=${all.claim.event}`);
await page.locator(".decisions li").first().waitFor();
check("decisions stand by the event", decided.status === 0 && (await page.locator(".decisions").textContent()).includes("<b>read again</b>"));
await page.done();

// ------------------------------------------------------------------ the address is the state
page = await browser.page("address", server.url);
await page.goto(`${server.url}#/?place=Kunduz&from=2015-01-01&to=2015-12-31&type=ASSAULT`);
await drawn(page);
await lines(page).first().waitFor();
const told = await page.locator(".chronicle .told").allTextContents();
await page.reload();
await lines(page).first().waitFor();
check("a reload shows the same", JSON.stringify(told) === JSON.stringify(await page.locator(".chronicle .told").allTextContents()) && told.length > 3);
check("filters stand as chips", (await page.locator(".chips li").count()) === 2);
const saved = page.waitForEvent("download");
await page.getByRole("button", { name: "CSV" }).click();
const csv = readFileSync(await (await saved).path(), "utf8");
const printed = spawnSync(program, ["--record", record, "events", "--place", "Kunduz", "--from", "2015-01-01", "--to", "2015-12-31", "--type", "ASSAULT", "--format", "csv"]).stdout.toString();
check("CSV is exactly what is shown", csv === printed && csv.includes("event"), csv.slice(0, 80));
const points = page.waitForEvent("download");
await page.getByRole("button", { name: "GeoJSON" }).click();
const geojson = JSON.parse(readFileSync(await (await points).path(), "utf8"));
check("GeoJSON of what is shown", geojson.type === "FeatureCollection" && geojson.features.length > 0);
await page.locator(".chips a").first().click();
await page.waitForFunction(() => document.querySelectorAll(".chips li").length === 1);
check("a chip removes its filter", (await page.locator(".chips li").count()) === 1);
await page.locator(".filters summary").click();
await page.locator(".filters select").nth(3).selectOption({ index: 1 });
check("a filter can be chosen", /status=/.test(hash(page)), hash(page));
await page.done();

// ------------------------------------------------------------------ control
page = await browser.page("control", server.url);
await page.goto(`${server.url}#/?place=Kunduz&at=2015-10-05`);
await drawn(page);
await page.locator(".holds li").first().waitFor();
check("the periods of a place are told", (await page.locator(".holds li").count()) > 3 && (await page.locator(".holds").textContent()).includes("Taliban"));
check("the period of the day is marked", (await page.locator(".holds li[aria-current]").count()) === 1);
check("the legend names the holders", (await page.locator(".legend").textContent()).includes("Held byTaliban"));
await accessible(page, "control");
await page.goto(`${server.url}#/reports`);
await page.goto(`${server.url}#/?at=2021-08-12&from=2021-06-01&to=2021-09-07&map=66.6,35.4,5.6`);
await page.locator(".event, .chronicle .line").first().waitFor();
await drawn(page);
await picture(page, "page-control");
await page.goto(`${server.url}#/?place=Kunduz&at=2015-10-05`);
await page.locator(".holds li[aria-current] a").first().click();
await page.locator(".text mark.chosen").first().waitFor();
check("evidence leads to the words", /report=r/.test(hash(page)));
await page.done();

// ------------------------------------------------------------------ as known on
page = await browser.page("as known on", server.url);
await page.goto(`${server.url}#/?asof=2001-12-31`);
await drawn(page);
await lines(page).first().waitFor();
const days = await page.locator(".chronicle .line small").allTextContents();
check("nothing is told that was published later", days.every((one) => /2001/.test(one) && !/201[0-9]|202/.test(one)), days.find((one) => !/2001/.test(one)));
await picture(page, "page-as-known");
await page.done();

// ------------------------------------------------------------------ search, actors, reports
page = await browser.page("search", server.url);
await page.goto(server.url);
await page.fill("#words", "hospital");
await page.press("#words", "Enter");
await page.locator(".hits li").first().waitFor();
check("search finds sentences", (await page.locator(".hits mark").first().textContent()).toLowerCase().startsWith("hospital"));
await accessible(page, "search");
await picture(page, "page-search");
const before = await page.locator(".hits li").count();
await page.locator(".facets a", { hasText: "claimed" }).click();
await page.waitForFunction((number) => document.querySelectorAll(".hits li").length < number, before);
check("a facet narrows it down", /status=claimed/.test(hash(page)));
await page.fill("#words", '"><img src=x onerror=alert(1)>');
await page.press("#words", "Enter");
await page.locator(".none").waitFor();
check("words are no markup", (await page.locator("img").count()) === 0);
await page.goto(`${server.url}#/actors`);
await page.locator(".list tbody tr").first().waitFor();
await accessible(page, "actors");
await picture(page, "page-actors");
await page.locator(".list tbody a", { hasText: /^Taliban$/ }).click();
await page.locator(".names q").first().waitFor();
check("an actor has its names", (await page.locator(".names q").count()) > 1);
await page.goto(`${server.url}#/reports`);
await page.locator(".reports li").first().waitFor();
check("all reports are listed", (await page.locator(".reports li").count()) === 21);
await accessible(page, "reports");
await page.goto(`${server.url}#/?event=e0000000000000`);
await page.locator("[role=alert]").waitFor();
check("what is not there is said", (await page.locator("[role=alert]").textContent()).includes("nothing with the id"));
await page.close();

// ------------------------------------------------------------------ dark, phone, print
page = await browser.page("dark", server.url, { dark: true });
await page.goto(`${server.url}#/?from=2015-04-01&to=2015-12-31&at=2015-10-04`);
await drawn(page);
await lines(page).first().waitFor();
check("dark where the system is", (await page.evaluate(() => document.documentElement.dataset.theme)) === "dark");
await accessible(page, "dark");
await picture(page, "page-dark");
await page.getByRole("button", { name: "Light colours" }).click();
await page.waitForTimeout(100);
check("light where it is chosen", (await page.evaluate(() => document.documentElement.dataset.theme)) === "light");
await page.done();

page = await browser.page("phone", server.url, { width: 375, height: 720, touch: true });
await page.goto(server.url);
await drawn(page);
const wide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
check("phone: the map fits", !(await wide()));
await accessible(page, "phone");
await picture(page, "page-phone");
await page.getByRole("link", { name: "Chronology" }).click();
await lines(page).first().waitFor();
check("phone: the list fits", !(await wide()));
await lines(page).filter({ hasText: "An American aircraft fired on a hospital" }).first().locator("a").click();
await page.locator(".event h2").waitFor();
check("phone: the event fits", !(await wide()));
await page.getByRole("link", { name: "Read in the report" }).first().click();
await page.locator(".reader h1").waitFor();
check("phone: the report fits", !(await wide()));
await page.done();

page = await browser.page("keyboard", server.url);
await page.goto(server.url);
await lines(page).first().waitFor();
await page.keyboard.press("Tab");
check("the first stop skips to the content", (await page.evaluate(() => document.activeElement.className)) === "skip");
const stops = new Set();
for (let i = 0; i < 14; i++) {
  await page.keyboard.press("Tab");
  stops.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent));
}
check("the keyboard reaches search and map", stops.size > 9);
await page.emulateMedia({ media: "print" });
check("on paper no controls", !(await page.locator(".head nav").isVisible()) && (await page.locator(".chronicle").isVisible()));
await page.done();
await server.stop();

// ------------------------------------------------------------------ the one file
const war = join(folder, "war.html");
spawnSync(program, ["--record", record, "export", "--as", "html", "-o", war]);
page = await browser.page("one file", `file://${war}`);
await page.goto(`file://${war}`);
await drawn(page);
await lines(page).first().waitFor();
check("one file: the chronology", (await lines(page).count()) > 50);
await lines(page).filter({ hasText: "An American aircraft fired on a hospital" }).first().locator("a").click();
await page.locator(".figure a").first().waitFor();
await page.getByRole("link", { name: "Read in the report" }).first().click();
await page.locator(".text mark.chosen").first().waitFor();
check("one file: down to the words", true);
await page.goto(`file://${war}#/search?text=hospital`);
await page.locator(".hits li").first().waitFor();
check("one file: search", (await page.locator(".hits li").count()) > 5);
await page.goto(`file://${war}#/?place=Kunduz&status=denied`);
await page.waitForTimeout(400);
check("one file: filters", (await lines(page).count()) < 10);
const within = page.waitForEvent("download");
await page.getByRole("button", { name: "CSV" }).click();
check("one file: CSV", statSync(await (await within).path()).size > 50);
await page.done();
await browser.close();
rmSync(folder, { recursive: true });
finish();
