/** A file that is written piece by piece: straight to the disk where the browser can, gathered in blobs where it cannot. */
import { saveFile } from './save-file.ts';

export interface FileSink {
  write(text: string): Promise<void>;
  /** The file is whole, and is where its user wanted it. */
  close(): Promise<void>;
  /** Nothing of it is kept. */
  abort(): Promise<void>;
}

/** What is asked of the File System API (https://fs.spec.whatwg.org), and of the picker that not every browser has. */
interface Disk {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<{
    createWritable(): Promise<{
      write(data: string): Promise<void>;
      close(): Promise<void>;
      abort(): Promise<void>;
    }>;
  }>;
}

/**
 * Asks where to save, where the browser can ask; to be called from a click. Undefined where the user has closed the
 * question.
 */
export async function openFileSink(
  name: string,
  type: string,
  around: Disk = window as Disk,
): Promise<FileSink | undefined> {
  if (!around.showSaveFilePicker) return blobSink(name, type);
  try {
    const file = await around.showSaveFilePicker({ suggestedName: name });
    const stream = await file.createWritable();
    return { write: (text) => stream.write(text), close: () => stream.close(), abort: () => stream.abort() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    // A page in a frame, or a policy of the company: the browser has the picker and does not allow it.
    return blobSink(name, type);
  }
}

/** Text beyond this goes into a blob, which browsers keep outside the memory of the page. */
const PIECE = 4_000_000;

function blobSink(name: string, type: string): FileSink {
  const blobs: Blob[] = [];
  let held: string[] = [];
  let length = 0;
  const put = () => {
    blobs.push(new Blob(held));
    held = [];
    length = 0;
  };
  return {
    async write(text) {
      held.push(text);
      length += text.length;
      if (length >= PIECE) put();
    },
    async close() {
      put();
      saveFile(name, new Blob(blobs), type);
    },
    async abort() {
      blobs.length = 0;
      held = [];
    },
  };
}
