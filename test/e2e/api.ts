/** What another window of the same person does: calls of the API with the cookies of a page. */
import type { Page } from 'playwright-core';

/** Throws where it is refused: steps that only prepare must not fail unseen. */
export async function callFrom<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const { status, text } = await page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(path, {
        method,
        headers: { 'x-lodge-request': '1', 'content-type': 'application/json' },
        ...(body && { body }),
      });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );
  if (status >= 400) throw new Error(`${method} ${path} was refused: ${text}`);
  return (text && JSON.parse(text)) as T;
}
