/** The editor in Lodge's colours: variables of tokens.css, so that light and dark need nothing here. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const view = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: 'var(--mono-size)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 14px 0 8px' },
  '.cm-cursor': { borderLeft: '2px solid var(--accent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 24%, transparent)',
  },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: 'none', fontSize: '11px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 8px 0 6px', lineHeight: '20px' },
  '.cm-gutterElement.cm-statement-line': { boxShadow: 'inset -2px 0 0 var(--accent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 55%, transparent)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--danger-soft)', color: 'var(--danger)' },
  '.cm-searchMatch': { backgroundColor: 'var(--code-match)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--accent)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--selected-inactive)' },
  '.cm-error-mark': {
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '3px',
    backgroundColor: 'var(--danger-soft)',
  },
});

/** What floats: the list of names, the search, the text of an error. */
const panels = EditorView.theme({
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    padding: '6px 30px 6px 8px',
    fontFamily: 'var(--font)',
    fontSize: 'var(--text-small)',
  },
  '.cm-panel.cm-search br': { flexBasis: '100%', content: '""', display: 'block', height: '0' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: 'inherit' },
  '.cm-panel.cm-search [name=close]': { top: '6px', right: '8px', fontSize: '18px', color: 'var(--text-2)' },
  '.cm-textfield': {
    height: '24px',
    margin: '0',
    padding: '0 7px',
    border: '1px solid var(--border-strong)',
    borderRadius: '4px',
    backgroundColor: 'var(--surface)',
    fontSize: 'var(--text-small)',
  },
  '.cm-button': {
    height: '24px',
    margin: '0',
    padding: '0 8px',
    border: '1px solid color-mix(in srgb, var(--border-strong) 60%, transparent)',
    borderRadius: '4px',
    background: 'var(--surface-raised)',
    fontSize: 'var(--text-small)',
  },
  '.cm-button:hover': { background: 'var(--hover)' },
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    boxShadow: 'var(--shadow-float)',
    overflow: 'hidden',
  },
  '.cm-error-text': {
    maxWidth: '520px',
    padding: '5px 9px',
    color: 'var(--danger)',
    fontSize: 'var(--text-small)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '272px',
    minWidth: '240px',
    maxWidth: '560px',
    padding: '4px',
    fontFamily: 'var(--mono)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '18px',
    padding: '0 8px',
    borderRadius: '3px',
    lineHeight: '22px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--text)' },
  '.cm-completionLabel': { flex: '1', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionDetail': { margin: '0', color: 'var(--text-3)', fontStyle: 'normal', fontFamily: 'var(--font)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-option-keyword .cm-completionLabel': { color: 'var(--code-keyword)' },
  '.cm-option-function .cm-completionLabel': { color: 'var(--code-type)' },
  '.cm-option-schema .cm-completionLabel, .cm-option-alias .cm-completionLabel': { color: 'var(--code-number)' },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-keyword)', fontWeight: '550' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--code-type)' },
  { tag: [tags.name, tags.propertyName], color: 'var(--code-name)' },
]);

export const editorTheme: Extension = [view, panels, syntaxHighlighting(highlighting)];
