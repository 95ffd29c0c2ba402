// Something that is sent once: while it is on its way nothing else is, and what it failed with is told.
import { useState } from 'preact/hooks';

export interface Sending {
  busy: boolean; // and after a success: whoever sends goes elsewhere then
  failure: unknown; // null: none
  send: (work: () => Promise<void>) => Promise<void>;
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return { busy, failure, send };
}
