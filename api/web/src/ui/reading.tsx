// What was read, to be typed over: the box, and what else it may be.
import type { Ref } from 'preact';
import { t } from '../i18n';

interface ReadingBoxProps {
  id: string;
  value: string;
  onType: (value: string) => void;
  inputRef: Ref<HTMLInputElement>;
  describedBy?: string;
}

export function ReadingBox({ id, value, onType, inputRef, describedBy }: ReadingBoxProps) {
  return (
    <input
      type="text"
      id={id}
      ref={inputRef}
      value={value}
      dir="auto"
      autocomplete="off"
      spellcheck={false}
      aria-describedby={describedBy}
      onInput={(event) => onType(event.currentTarget.value)}
    />
  );
}

export function Alternatives({ values, onTake, class: name }: { values: string[]; onTake: (value: string) => void; class: string }) {
  if (values.length === 0) return null;
  return (
    <p class={name}>
      {t('queue.alternatives')}
      {values.map((each) => (
        <button key={each} type="button" class="button" onClick={() => onTake(each)}>
          <bdi>{each}</bdi>
        </button>
      ))}
    </p>
  );
}
