// The page's text beside its image, line by line in reading order, so that what is selected is copied as it is read.
// Each word is an element: pointing at one outlines it on the image.
import type { ArchivePage, Box, Word } from '../../api/types';
import { t } from '../../i18n';

interface PageTextProps {
  page: ArchivePage;
  hits: Box[];
  onWord: (word: Word, index: number) => void;
}

interface Line {
  key: string;
  block: number;
  words: { word: Word; index: number }[];
}

function linesOf(words: Word[]): Line[] {
  const lines: Line[] = [];
  for (const [index, word] of words.entries()) {
    const key = `${word.block} ${word.line}`;
    const last = lines.at(-1);
    if (last?.key === key) last.words.push({ word, index });
    else lines.push({ key, block: word.block, words: [{ word, index }] });
  }
  return lines;
}

function classOf(word: Word): string | undefined {
  const doubtful = !word.corrected && (word.number === 'unsure' || word.confidence < 60);
  return doubtful ? 'doubtful' : undefined;
}

// Arrows go from word to word in reading order, Enter takes the one with the focus.
function followKeys(event: KeyboardEvent, page: ArchivePage, onWord: PageTextProps['onWord']): void {
  const element = (event.target as HTMLElement).closest<HTMLElement>('[data-word]');
  const index = Number(element?.dataset['word']);
  const word = element ? page.words[index] : undefined;
  const step = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1 }[event.key];
  if (!element || !word || (event.key !== 'Enter' && step === undefined)) return;
  event.preventDefault();
  if (step === undefined) onWord(word, index);
  else element.closest('.page-text')?.querySelector<HTMLElement>(`[data-word="${index + step}"]`)?.focus();
}

export function PageText({ page, hits, onWord }: PageTextProps) {
  if (page.failure) return <p class="note">{t('viewer.failed')}</p>;
  if (!page.text) return <p class="note">{t('viewer.noText')}</p>;
  if (page.words.length === 0) {
    return (
      <div class="page-text" lang={page.language === 'fas' ? 'fa' : 'ar'}>
        {page.text.split('\n').map((line, i) => (
          <p key={i} dir="auto">
            {line}
          </p>
        ))}
      </div>
    );
  }
  const marked = new Set(hits.map((box) => box.join()));
  const lines = linesOf(page.words);
  return (
    <div class="page-text" lang={page.language === 'fas' ? 'fa' : 'ar'} onKeyDown={(event) => followKeys(event, page, onWord)}>
      {lines.map((line, i) => (
        <p key={i} dir="auto" class={i > 0 && lines[i - 1]?.block !== line.block ? 'block-begins' : undefined}>
          {line.words.map(({ word, index }, at) => {
            const Element = marked.has(word.box.join()) ? 'mark' : 'span';
            return (
              <>
                {at > 0 && ' '}
                <Element key={index} class={classOf(word)} data-word={index} tabIndex={index === 0 ? 0 : -1} onClick={() => onWord(word, index)}>
                  {word.text}
                </Element>
              </>
            );
          })}
        </p>
      ))}
    </div>
  );
}
