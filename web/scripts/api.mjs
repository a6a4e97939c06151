// Writes src/api/schema.d.ts from ../api/openapi.json; with --check it only says whether that would change it.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../api/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);

const document = JSON.parse(readFileSync(source, "utf8"));
const written = `// Written by \`npm run api\` from api/openapi.json: don't edit.\n${astToString(await openapiTS(document))}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, written);
  console.log("Written: src/api/schema.d.ts");
} else if (readFileSync(target, "utf8") !== written) {
  console.error("src/api/schema.d.ts no longer fits ../api/openapi.json: run `npm run api`.");
  process.exit(1);
}
