import { type RefObject, useEffect, useRef } from 'react';
import type { Names } from '#contract/objects.ts';
import type { Dialect } from '../grid/sql-names.ts';
import type { RunScope } from './editor-keys.ts';
import { HANDS_OUT } from './hand-out.ts';
import { SqlEditor } from './open-editor.ts';

interface EditorProps {
  /** Receives the editor while it is on the screen. */
  readonly editor: RefObject<SqlEditor | undefined>;
  readonly text: string;
  readonly dialect: Dialect;
  readonly names: Names | undefined;
  onText(text: string): void;
  onRun(scope: RunScope): void;
  onProblem(sentence: string): void;
  onMeant?(): void;
}

/** The place of an editor in the page; the editor itself is made once. */
export function Editor({ editor, text, dialect, names, onText, onRun, onProblem, onMeant }: EditorProps) {
  const parent = useRef<HTMLDivElement>(null);
  const latest = useRef({ onText, onRun, onProblem, onMeant });
  latest.current = { onText, onRun, onProblem, onMeant };
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; the effects below tell it what changes
  useEffect(() => {
    if (!parent.current) return;
    const made = new SqlEditor({
      parent: parent.current,
      text,
      dialect,
      onText: (changed) => latest.current.onText(changed),
      onRun: (scope) => latest.current.onRun(scope),
      onProblem: (sentence) => latest.current.onProblem(sentence),
      onMeant: () => latest.current.onMeant?.(),
    });
    editor.current = made;
    const gone = new AbortController();
    // Before those who save the texts when the page goes: hence the capture.
    for (const leaving of HANDS_OUT)
      addEventListener(leaving, () => made.flush(), { capture: true, signal: gone.signal });
    return () => {
      gone.abort();
      editor.current = undefined;
      made.destroy();
    };
  }, []);
  useEffect(() => editor.current?.setText(text), [editor, text]);
  useEffect(() => editor.current?.setDialect(dialect), [editor, dialect]);
  useEffect(() => editor.current?.setNames(names), [editor, names]);
  return <div ref={parent} style={{ height: '100%', minHeight: 0 }} />;
}
