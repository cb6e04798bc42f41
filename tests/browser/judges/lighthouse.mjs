// Runs Lighthouse on pages of one app, in one Chromium. Reads from standard input, as JSON, what to judge and the least
// that each category has to reach; writes what it found to standard output. Runs in the folder where its packages are.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(resolve(name)));
const { default: puppeteer } = await load("puppeteer-core");
const { desktopConfig, navigation } = await load("lighthouse");

const ATTEMPTS = 3;
const { chromium, args, origin, account, device, scheme, least, pages } = JSON.parse(await text(process.stdin));

const browser = await puppeteer.launch({ executablePath: chromium, args });
try {
  const visitor = await browser.createBrowserContext();
  const owner = await browser.createBrowserContext();
  await signIn(owner);
  const judged = [];
  for (const page of pages) judged.push(await judge(page.signed_in ? owner : visitor, page));
  console.log(JSON.stringify(judged));
} finally {
  await browser.close();
}

async function signIn(context) {
  const tab = await context.newPage();
  await tab.goto(`${origin}/login`);
  await tab.type('main [name="username"]', account.username);
  await tab.type('main [name="password"]', account.password);
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
  await tab.close();
}

async function judge(context, page) {
  let found;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    found = await measure(context, page);
    const low = Object.keys(least).filter((category) => found.scores[category] < least[category]);
    if (low.join() !== "performance") break;
  }
  return found;
}

async function measure(context, { path, status, send }) {
  const tab = await context.newPage();
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  let start = origin + path;
  if (send) {
    await tab.goto(start);
    await tab.$eval("main form", (form) => (form.noValidate = true));
    start = () => tab.$eval("main form", (form) => form.requestSubmit());
  }
  const { lhr } = await navigation(tab, start, {
    config: device === "desktop" ? desktopConfig : undefined,
    flags: {
      onlyCategories: Object.keys(least),
      // Going back and forth again is of no weight, and takes a second.
      skipAudits: ["bf-cache", ...(status < 400 ? [] : ["http-status-code", "errors-in-console"])],
      disableFullPageScreenshot: true,
      disableStorageReset: true,
      ignoreStatusCode: true,
      logLevel: "error",
    },
  });
  const seen = await tab.evaluate(() => ({
    path: location.pathname,
    status: performance.getEntriesByType("navigation")[0].responseStatus,
    scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  }));
  await tab.close();
  return { ...seen, scores: scores(lhr), faults: [...faults(lhr, path)] };
}

function scores(lhr) {
  return Object.fromEntries(Object.keys(least).map((category) => [category, lhr.categories[category].score]));
}

function* faults(lhr, path) {
  if (lhr.runtimeError) yield `${path}: ${lhr.runtimeError.message}`;
  for (const category of Object.values(lhr.categories)) {
    if (category.score >= least[category.id]) continue;
    yield `${path}: ${category.id}: ${category.score}`;
    for (const { id, weight } of category.auditRefs) {
      const { score, title, details } = lhr.audits[id];
      if (weight && score !== null && score < 1) yield `  ${title}: ${JSON.stringify(details?.items?.slice(0, 3) ?? score)}`;
    }
  }
}
