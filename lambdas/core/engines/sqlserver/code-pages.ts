/** Text in the code page of a column's collation. Node knows all but the two oldest. */
import { Buffer } from 'node:buffer';

/** The upper half of the code pages of DOS, byte by byte from 0x80 (Unicode Consortium, CP437.TXT and CP850.TXT). */
const DOS: Readonly<Record<string, string>> = {
  CP437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  CP850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** By the names that the driver gives code pages; labels of the WHATWG Encoding Standard. */
const LABELS: Readonly<Record<string, string>> = {
  CP874: 'windows-874',
  CP932: 'shift_jis',
  CP936: 'gbk',
  CP949: 'euc-kr',
  CP950: 'big5',
};

const decoders = new Map<string, TextDecoder>();

/** `codePage` as the driver names it; what has none is read as UTF-8. */
export function decodeText(bytes: Uint8Array, codePage = 'utf-8'): string {
  const dos = DOS[codePage];
  return dos ? fromDos(bytes, dos) : decoderOf(codePage).decode(bytes);
}

const fromDos = (bytes: Uint8Array, upper: string): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80))).join('');

function decoderOf(codePage: string): TextDecoder {
  const known = decoders.get(codePage);
  if (known) return known;
  const decoder = new TextDecoder(LABELS[codePage] ?? codePage.replace(/^CP/, 'windows-'), { ignoreBOM: true });
  decoders.set(codePage, decoder);
  return decoder;
}

/** UTF-16, as N types and XML come; XML may begin with a mark of the byte order, which is no part of it. */
export const decodeUtf16 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf16le')
    .replace(/^\ufeff/, '');
