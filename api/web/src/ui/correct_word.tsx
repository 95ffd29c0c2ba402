// One word of a page is corrected where it is looked at: type, Enter. Given back unchanged, it is found right. Where
// somebody has changed the page meanwhile, that is said, and nothing is stored.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../api/client';
import { changeWord, takeBack, type BoxOf, type Versioned } from '../api/doubts';
import { t } from '../i18n';
import { Crop } from './crop';
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
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const stale = failure instanceof ApiProblem && failure.code === 'conflict';

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      onCorrected((await changeWord(url, version, index, text)).value as P);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <form
      class="correct-word"
      aria-label={t('word.title')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {hasImage && <Crop image={`${url}/image`} boxes={[word.box]} label={t('word.image')} />}
      <div class="field">
        <label for="correct-word">{t('word.label')}</label>
        <input
          type="text"
          id="correct-word"
          ref={input}
          value={text}
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {word.alternatives && word.alternatives.length > 0 && (
        <p class="correct-word-buttons">
          {t('queue.alternatives')}
          {word.alternatives.map((each) => (
            <button key={each} type="button" class="button" onClick={() => setText(each)}>
              <bdi>{each}</bdi>
            </button>
          ))}
        </p>
      )}
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
