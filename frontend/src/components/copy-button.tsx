import { useEffect, useState } from 'react';
import { Button, IconButton } from './button.tsx';

interface CopyButtonProps {
  readonly text: string;
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
    navigator.clipboard.writeText(text).then(
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
