// Pieces of text that come from papers: each in an element of its own, so that no piece turns the order of what stands
// around it.
import type { ComponentChildren } from 'preact';
import { showDay, showTime } from '../lib/dates';
import { showDigits } from '../lib/digits';

// Text of any direction.
export function Piece({ children }: { children: ComponentChildren }) {
  return <bdi>{children}</bdi>;
}

// A file's name. Behind a number or Latin letters its ending is of one piece with them: "قرار 45.tif" would else be
// shown as "قرار tif.45".
export function FileName({ name }: { name: string }) {
  const dot = /(?:[\d\u0660-\u0669\u06f0-\u06f9A-Za-z_-]|\([\dA-Za-z]+\))+\.[A-Za-z0-9]{1,5}$/.exec(name)?.index ?? name.length;
  return (
    <bdi>
      {name.slice(0, dot)}
      <bdi dir="ltr">{name.slice(dot)}</bdi>
    </bdi>
  );
}

// A paper's number in its normal form, "123/2019": from left to right in every script, in the reader's digits.
export function PaperNumber({ value }: { value: string }) {
  const plain = /^[\d\u0660-\u0669\u06f0-\u06f9/.\-\s]+$/.test(value);
  return <bdi dir={plain ? 'ltr' : 'auto'}>{showDigits(value)}</bdi>;
}

export function Day({ normal }: { normal: string }) {
  return (
    <time dateTime={normal}>
      <bdi>{showDay(normal)}</bdi>
    </time>
  );
}

export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      <bdi>{showTime(at)}</bdi>
    </time>
  );
}
