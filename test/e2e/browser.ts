/** A browser of its own for one file of scenarios, and an ear for everything that goes wrong in it. */
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/machine.ts';

/** Nothing but the page under test may speak on the network, and no first-run page may come between. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The window of the picture in the README. */
export const WINDOW = { width: 1440, height: 900 } as const;

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console, the page and the content security policy complained of, since it was asked last. */
  faults(): string[];
}

/** Opens a browser with nothing in it: no cookies, no storage, the clipboard allowed. */
export async function visit(url: string, scheme: 'light' | 'dark' = 'light'): Promise<Visit> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('This machine has no Chromium.');
  const browser = await chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
  try {
    const context = await browser.newContext({
      viewport: WINDOW,
      colorScheme: scheme,
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    context.setDefaultTimeout(PATIENCE);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
    const page = await context.newPage();
    const faults = listen(page, new URL(url).origin);
    await page.addInitScript(reportPolicyViolations);
    await page.goto(url);
    return { page, context, faults, [Symbol.asyncDispose]: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A refusal by the API, or by the database behind it, is the browser's own line in the console: no fault of the page. */
const REFUSAL = /^Failed to load resource: the server responded with a status of (4\d\d|502|504)/;

/** How long a step may take, in milliseconds: far below a test's own bound, so that what is told is the step. */
const PATIENCE = 12_000;

function listen(page: Page, origin: string): () => string[] {
  let heard: string[] = [];
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.origin !== origin) heard.push(`left the origin: ${asked.origin}`);
  });
  page.on('pageerror', (error) => heard.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const isRefusal = REFUSAL.test(message.text()) && new URL(message.location().url).pathname.startsWith('/api/');
    if (!isRefusal) heard.push(`${message.type()}: ${message.text()}`);
  });
  return () => {
    const told = heard;
    heard = [];
    return told;
  };
}

/** Runs in the page, before its own scripts. */
function reportPolicyViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) =>
    console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} in ${event.sourceFile}`),
  );
}
