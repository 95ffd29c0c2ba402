// One word of a page is corrected where it is looked at: type, Enter. Given back unchanged, it is found right. Where
// somebody has changed the page meanwhile, that is said, and nothing is stored.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isConflict } from '../api/client';
import { changeWord, takeBack, type BoxOf, type Versioned } from '../api/doubts';
import { t } from '../i18n';
import { useSending } from '../lib/use_sending';
import { Crop } from './crop';
import { Alternatives, ReadingBox } from './reading';
import { Failure } from './states';
import './correct_word.css';

interface CorrectWordProps<P extends Versioned> {
  url: string; // "/v1/records/ID/pages/N"
  version: number; // of the page, as it is shown
  index: number; // of the word in the page's `words`
  word: { text: string; box: BoxOf; alternatives?: string[] };
  hasImage: boolean;
  onCorrected: (page: P) => void; // the page as it is stored now
  onStale: () => void; // the page must be fetched anew
  onClose: () => void;
}

export function CorrectWord<P extends Versioned>(props: CorrectWordProps<P>) {
  const { url, version, index, word, hasImage, onCorrected, onStale, onClose } = props;
  const [text, setText] = useState(word.text);
  const { busy, failure, send } = useSending();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const stale = isConflict(failure);

  const submit = (event: Event) => {
    event.preventDefault();
    void send(async () => onCorrected((await changeWord(url, version, index, text)).value as P));
  };

  return (
    <form
      class="correct-word"
      aria-label={t('word.title')}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {hasImage && <Crop image={`${url}/image`} boxes={[word.box]} label={t('word.image')} />}
      <div class="field">
        <label for="correct-word">{t('word.label')}</label>
        <ReadingBox id="correct-word" inputRef={input} value={text} onType={setText} />
      </div>
      <Alternatives class="correct-word-buttons" values={word.alternatives ?? []} onTake={setText} />
      {stale && (
        <p class="mistake" role="alert">
          {t('word.stale')}{' '}
          <button type="button" class="button" onClick={onStale}>
            {t('word.lookAgain')}
          </button>
        </p>
      )}
      {failure !== null && !stale && <Failure error={failure} />}
      <div class="correct-word-buttons">
        <button type="submit" class="button button-main" disabled={busy || text.trim() === ''}>
          {t(text.trim() === word.text ? 'word.right' : 'word.save')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t('word.cancel')}
        </button>
      </div>
    </form>
  );
}

// Takes the correction that made this version back.
export async function takeBackWord<P extends Versioned>(url: string, version: number): Promise<P> {
  return (await takeBack(url, version)).value as P;
}
