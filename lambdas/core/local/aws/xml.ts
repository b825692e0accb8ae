/** XML as the query protocol writes it. */

/** Text, a number, an element's children, or a list whose elements are named by the caller: `{ member: [...] }`. */
type XmlValue = string | number | boolean | undefined | XmlElement | readonly (XmlElement | string)[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

/** Elements in the order of the object's keys; an array repeats its element; undefined leaves it out. */
export const toXml = (element: XmlElement): string =>
  Object.entries(element)
    .flatMap(([name, value]) => (isList(value) ? value.map((item) => [name, item] as const) : [[name, value] as const]))
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${content(value)}</${name}>`))
    .join('');

const isList = (value: XmlValue): value is readonly (XmlElement | string)[] => Array.isArray(value);

const content = (value: Exclude<XmlValue, undefined>): string =>
  typeof value === 'object' ? toXml(value as XmlElement) : String(value).replace(/[&<>"']/g, escapeCharacter);

const escapeCharacter = (character: string): string => `&#${character.charCodeAt(0)};`;
