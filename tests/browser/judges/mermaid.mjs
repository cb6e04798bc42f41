// Reads drawings from standard input, a list of texts in JSON, and fails at one that Mermaid cannot.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// This file lies elsewhere than what is installed.
const require = createRequire(`${process.cwd()}/`);
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const found = `${process.cwd()}/node_modules/mermaid/dist/mermaid.core.mjs`;
const { default: mermaid } = await import(pathToFileURL(found));

for (const drawing of JSON.parse(readFileSync(0, "utf8"))) await mermaid.parse(drawing);
