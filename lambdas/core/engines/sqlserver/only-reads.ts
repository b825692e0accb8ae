/**
 * Whether a batch seems to hold nothing but SELECTs, so that stopping it when rows enough are read leaves nothing undone.
 * It guards nothing: where it errs, a batch of somebody who may change things is read to its end, or ends early and says so.
 */

const ASIDE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|--[^\n]*|\/\*[\s\S]*?\*\//g;
const BEGINS = /^\s*(?:select|with)\b/i;
/** The words that begin other statements, or make a SELECT write. */
const CHANGES = new RegExp(
  `\\b(?:${[
    ...[
      'insert',
      'update',
      'delete',
      'merge',
      'into',
      'truncate',
      'create',
      'alter',
      'drop',
      'grant',
      'revoke',
      'deny',
    ],
    ...[
      'exec',
      'execute',
      'begin',
      'commit',
      'rollback',
      'save',
      'set',
      'declare',
      'use',
      'if',
      'while',
      'goto',
      'return',
    ],
    ...[
      'print',
      'raiserror',
      'throw',
      'waitfor',
      'bulk',
      'backup',
      'restore',
      'dbcc',
      'kill',
      'open',
      'fetch',
      'close',
    ],
    ...['deallocate', 'send', 'receive', 'enable', 'disable', 'reconfigure', 'shutdown', 'checkpoint', 'updatetext'],
    ...['writetext', 'next', 'openquery', 'openrowset', 'opendatasource', 'revert', 'move', 'get', 'end'],
  ].join('|')})\\b`,
  'i',
);

export function onlyReads(batch: string): boolean {
  const bare = batch.replace(ASIDE, ' ');
  return BEGINS.test(bare) && !CHANGES.test(bare);
}
