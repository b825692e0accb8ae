import { Buffer } from 'node:buffer';
import { freeBytes } from '#core/free-bytes.ts';

describe('freeBytes', () => {
  test('gives back the memory of bytes that have it to themselves', () => {
    const bytes = new Uint8Array(1_000).fill(1);
    freeBytes(bytes);
    expect(bytes.length).toBe(0);
    expect(bytes.buffer.byteLength).toBe(0);
  });

  test('leaves bytes alone that share their memory with others', () => {
    const whole = new Uint8Array(1_000).fill(1);
    freeBytes(whole.subarray(0, 999));
    freeBytes(whole.subarray(1));
    expect(whole).toEqual(new Uint8Array(1_000).fill(1));
  });

  test('leaves small Buffers alone, whose memory is one pool', () => {
    const first = Buffer.from('first');
    const second = Buffer.from('second');
    freeBytes(first);
    expect(second.toString()).toBe('second');
    expect(first.toString()).toBe('first');
  });

  test('takes bytes twice, none at all, and those of memory that processes share', () => {
    const bytes = new Uint8Array(8);
    freeBytes(bytes);
    freeBytes(bytes);
    freeBytes(new Uint8Array());
    const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(2);
    freeBytes(shared);
    expect(shared).toEqual(new Uint8Array(new SharedArrayBuffer(8)).fill(2));
  });
});
