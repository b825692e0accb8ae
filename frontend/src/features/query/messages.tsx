import { ApiError } from '../../api.ts';
import { problemOf } from '../../app/advice.ts';
import { Icon } from '../../components/icon.tsx';
import { lineAndColumn, type SentText } from '../../editor/sent-text.ts';
import styles from './messages.module.css';
import type { RunError, RunMessage, Span } from './run-state.ts';
import { charge, count, duration, outcome } from './wording.ts';

interface MessagesProps {
  readonly messages: readonly RunMessage[];
  readonly script: SentText;
  /** Shows a part of the script in the editor. */
  onReveal(span: Span): void;
}

/** Of more messages than this the earlier ones are left out of the page. */
const SHOWN = 1_000;

/** What a run said, in the order in which it happened. */
export function Messages({ messages, script, onReveal }: MessagesProps) {
  const hidden = Math.max(0, messages.length - SHOWN);
  return (
    <div className={styles.messages}>
      {messages.length === 0 && <p className={styles.none}>Nothing has been said yet.</p>}
      {hidden > 0 && <p className={styles.none}>{count(hidden, 'earlier message')} left out.</p>}
      <ol>
        {messages.slice(hidden).map((message, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added
          <li key={hidden + place} className={styles.message} data-kind={message.kind}>
            <Message message={message} script={script} onReveal={onReveal} />
          </li>
        ))}
      </ol>
    </div>
  );
}

type View = (message: RunMessage, script: SentText, onReveal: (span: Span) => void) => React.ReactNode;
const VIEWS: { readonly [K in RunMessage['kind']]: View } = {
  done: (message, script, onReveal) => message.kind === 'done' && <Done {...{ message, script, onReveal }} />,
  notice: (message) => message.kind === 'notice' && <Notice message={message} />,
  said: (message) =>
    message.kind === 'said' && (
      <>
        <Icon name={message.tone === 'warning' ? 'alert' : 'check'} size={14} className={styles[message.tone]} />
        <p>{message.text}</p>
      </>
    ),
  error: (message, script, onReveal) =>
    message.kind === 'error' && <Failure error={message} {...{ script, onReveal }} />,
};

const Message = ({ message, script, onReveal }: { message: RunMessage } & Omit<MessagesProps, 'messages'>) =>
  VIEWS[message.kind](message, script, onReveal);

function Done(props: { message: Extract<RunMessage, { kind: 'done' }>; script: SentText; onReveal(span: Span): void }) {
  const { message, script, onReveal } = props;
  const { span, truncated, elapsedMs, consumed } = message;
  return (
    <>
      <Icon name="check" size={14} className={styles.calm} />
      <p>
        {outcome(message)}
        {truncated && <span className={styles.more}>there are more</span>}
        {consumed && ` · ${charge(consumed)}`}
      </p>
      {span && (
        <button type="button" className={styles.statement} onClick={() => onReveal(span)} title="Show it in the editor">
          {firstLine(script.text.slice(span.from, span.to))}
        </button>
      )}
      <span className={styles.time}>{duration(elapsedMs)}</span>
    </>
  );
}

function Notice({
  message: { severity, message, code, detail, hint },
}: {
  message: Extract<RunMessage, { kind: 'notice' }>;
}) {
  const warning = severity !== 'NOTICE' && severity !== 'INFO' && severity !== 'LOG' && severity !== 'DEBUG';
  return (
    <>
      <span className={styles.severity} data-warning={warning ? '' : undefined}>
        {severity.toLowerCase()}
      </span>
      <div>
        <p>{message}</p>
        {detail && <p className={styles.detail}>{detail}</p>}
        {hint && <p className={styles.detail}>Hint: {hint}</p>}
      </div>
      {code && code !== '00000' && <span className={styles.time}>{code}</span>}
    </>
  );
}

function Failure({ error, script, onReveal }: { error: RunError; script: SentText; onReveal(span: Span): void }) {
  const native = error.details?.native;
  const { advice } = problemOf(new ApiError({ ...error, requestId: error.requestId ?? '' }));
  const place = error.at ?? error.span?.from;
  return (
    <>
      <Icon name="alert" size={15} className={styles.danger} />
      <div className={styles.failure} role="alert">
        <p className={styles.title}>{error.message}</p>
        {native?.detail && <p className={styles.detail}>{native.detail}</p>}
        {native?.hint && <p className={styles.detail}>Hint: {native.hint}</p>}
        {native?.where && <p className={styles.where}>{native.where}</p>}
        {advice && <p className={styles.detail}>{advice}</p>}
        <p className={styles.codes}>
          {place !== undefined && script.text !== '' && (
            <button
              type="button"
              className={styles.place}
              onClick={() => onReveal(error.at === undefined && error.span ? error.span : { from: place, to: place })}
            >
              {error.at === undefined ? 'Show the statement' : lineAndColumn(script, place)}
            </button>
          )}
          {native?.code && <span>{codeText(native.code)}</span>}
          <span>{error.code}</span>
          {error.requestId && <span>Request {error.requestId}</span>}
        </p>
      </div>
    </>
  );
}

/** SQL's own codes have five characters (ISO 9075); others are names that speak for themselves. */
const codeText = (code: string): string => (/^[0-9A-Z]{5}$/.test(code) ? `SQLSTATE ${code}` : code);

/** Enough of a statement to know it again. */
function firstLine(statement: string): string {
  const text = statement
    .replace(/^(?:\s*--[^\n]*\n)+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
