// Something asked of the server whenever what it depends on changes; an answer that comes too late is dropped.
import { useEffect, useState } from 'preact/hooks';
import { isAbort } from '../api/client';

export interface Asked<T> {
  value: T | null; // the last answer; it stays while the next one is awaited
  failure: unknown; // null: none
  waiting: boolean;
  again: () => void;
}

// `key` null: nothing is asked. `wait` milliseconds pass first, so that typing does not ask for every letter.
export function useAsked<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>, wait = 0): Asked<T> {
  const [state, setState] = useState<{ value: T | null; failure: unknown; waiting: boolean }>({
    value: null,
    failure: null,
    waiting: key !== null,
  });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (key === null) {
      setState({ value: null, failure: null, waiting: false });
      return undefined;
    }
    const abort = new AbortController();
    setState((before) => ({ ...before, waiting: true }));
    const ask = () => {
      load(abort.signal).then(
        (value) => abort.signal.aborted || setState({ value, failure: null, waiting: false }),
        (failure: unknown) => {
          if (!isAbort(failure) && !abort.signal.aborted) setState((before) => ({ ...before, failure, waiting: false }));
        },
      );
    };
    const timer = wait > 0 ? setTimeout(ask, wait) : undefined;
    if (wait === 0) ask();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, tries]);

  return { ...state, again: () => setTries(tries + 1) };
}
