import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

interface CopyButtonProps {
  /** Made when it is asked for, where making it costs something. */
  readonly text: string | (() => string);
  readonly label: string;
  /** With a word on it, instead of the icon alone. */
  readonly word?: string;
}

/** Copies a text and says that it has, or that the browser would not. */
export function CopyButton({ text, label, word }: CopyButtonProps) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setSaid('Copied'),
      () => setSaid('The browser did not allow copying'),
    );
  const icon = said === 'Copied' ? 'check' : 'copy';
  return (
    <>
      {word ? (
        <Button size="small" icon={icon} onClick={copy}>
          {said || word}
        </Button>
      ) : (
        <IconButton icon={icon} label={said || label} onClick={copy} />
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
