// Lists the post towns of the United States that GeoNames cities500 lacks, as a table that `annals gazetteer import` reads.
// Method: the post offices of npm `zipcodes` (federalgovernmentzipcodes.us, public domain), a town for each name and state, at
// the middle of its ZIP codes; those whose name stands in cities500 in the same state are left out. Such a town has fewer than
// 500 people or is a part of another; its weight says 300. What it leaves out: military post offices, islands, Canada.
// usage: list-post-towns.mjs CITIES500 ZIPCODES_MODULE > TABLE
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const STATES = new Set(("AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND " +
  "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY").split(" "));
const WEIGHT = 300;
// A company or an office that has a ZIP code of its own.
const NO_TOWN = new RegExp("\\b(Revenue|Services?|Bank|Univ|University|College|Corp|Inc|Insurance|Office|Postal|Company|Co|Electric|" +
  "Telephone|Magazine|Centers?|Processing|Mart|Airport|Base|Afb|Naval|Army|Station|Hospital|Institute|Publications|Hq|Government)\\b");

const folded = (name) => name.normalize("NFD").toLowerCase().replace(/\bst\b\.?/g, "saint").replace(/\bmt\b\.?/g, "mount")
  .replace(/\bft\b\.?/g, "fort").replace(/[^a-z]/g, "");

async function namesOfCities(path) {
  const known = new Set();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const cells = line.split("\t");
    if (cells[8] !== "US") continue;
    for (const name of [cells[1], cells[2], ...cells[3].split(",")]) known.add(`${cells[10]} ${folded(name)}`);
  }
  return known;
}

const [cities, module] = process.argv.slice(2);
const { codes } = createRequire(import.meta.url)(module);
const known = await namesOfCities(cities);
const towns = new Map();
for (const { city, state, latitude, longitude } of Object.values(codes)) {
  const name = city.trim();
  const key = `${state} ${folded(name)}`;
  if (!STATES.has(state) || NO_TOWN.test(name) || !/^[A-Z][A-Za-z' .-]{3,}$/.test(name) || !Number.isFinite(latitude) || known.has(key)) continue;
  const town = towns.get(key) ?? { name, state, latitude: 0, longitude: 0, codes: 0 };
  town.latitude += latitude;
  town.longitude += longitude;
  town.codes += 1;
  towns.set(key, town);
}
console.log("# Post towns of the United States; made by tools/list-post-towns.mjs.");
console.log("id\tname\tnames\tfeature\tcode\tlatitude\tlongitude\tgeonameid\tweight");
for (const [key, town] of [...towns].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const middle = (sum) => (sum / town.codes).toFixed(4);
  console.log(`post-town-${key.replace(" ", "-")}\t${town.name}\t\tPPL\tUS.${town.state}\t${middle(town.latitude)}` +
    `\t${middle(town.longitude)}\t\t${WEIGHT}`);
}
