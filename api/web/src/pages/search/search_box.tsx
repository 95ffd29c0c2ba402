// The one box: words, a number, a date, a pasted citation. While one types, completions of the last word are offered;
// the arrow keys choose among them, Enter takes what is chosen, or searches.
import { useId, useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { Completion } from '../../api/types';
import { t } from '../../i18n';
import { showDigits } from '../../lib/digits';
import { useAsked } from '../../lib/use_asked';
import { Icon } from '../../ui/icons';
import { splitLastWord } from './question';

const PAUSE = 80; // ms without a key: the results go first

interface SearchBoxProps {
  typed: string;
  onType: (typed: string) => void;
  onSearch: (words: string) => void;
}

function completed(typed: string, completion: Completion): string {
  return completion.kind === 'title' ? completion.text : splitLastWord(typed)[0] + completion.text;
}

function useCompletions(typed: string, wanted: boolean): Completion[] {
  const last = splitLastWord(typed)[1];
  const key = wanted && last.length >= 2 && typed.length < 500 ? typed : null;
  const asked = useAsked(
    key,
    (signal) => get<{ completions: Completion[] }>('/v1/suggest', { q: typed, limit: 8 }, signal),
    PAUSE,
  );
  return key === null ? [] : (asked.value?.completions ?? []).filter((each) => completed(typed, each) !== typed);
}

export function SearchBox({ typed, onType, onSearch }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const completions = useCompletions(typed, open);
  const shown = open && completions.length > 0;

  const take = (completion: Completion) => {
    const words = completed(typed, completion);
    onType(words);
    onSearch(words);
    close();
    input.current?.focus();
  };
  const close = () => {
    setOpen(false);
    setChosen(-1);
  };
  const move = (step: number) => {
    const count = completions.length + 1; // and the box itself
    setChosen(((chosen + 1 + step + count) % count) - 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && shown) close();
    else if (shown && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) move(event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };

  return (
    <form
      class="search-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const completion = shown ? completions[chosen] : undefined;
        if (completion) take(completion);
        else onSearch(typed);
        close();
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        id={`${id}-box`}
        name="q"
        dir={typed ? 'auto' : undefined}
        value={typed}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => {
          onType(event.currentTarget.value);
          setOpen(true);
          setChosen(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <button type="submit" class="button button-main">
        {t('search.do')}
      </button>
      <ul class="completions" id={`${id}-list`} role="listbox" aria-label={t('search.completions')} hidden={!shown}>
        {shown &&
          completions.map((completion, i) => (
            <li
              key={`${completion.kind} ${completion.text}`}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              <bdi>{completion.kind === 'number' ? showDigits(completion.text) : completion.text}</bdi>
              <span class="small muted">{t('search.onPages', { n: completion.pages })}</span>
            </li>
          ))}
      </ul>
    </form>
  );
}
