// Files in parts, as tus 1.0 has them: what has arrived is safe, and after a broken line, a reload or a restart of the
// server the rest follows.
import { ApiProblem, ask, send } from '../api/client';

const PART = 1 << 20; // bytes; what is lost when the line breaks
const VERSION = { 'Tus-Resumable': '1.0.0' };
const LONGEST_WAIT = 30_000;

export interface Upload {
  id: string;
  length: number;
  offset: number;
  job: string | null;
}

function inBase64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

// The upload's id.
export async function beginUpload(size: number, said: Record<string, string>): Promise<string> {
  const metadata = Object.entries(said).filter(([, value]) => value !== '');
  const response = await send('/v1/uploads', {
    method: 'POST',
    headers: {
      ...VERSION,
      'Upload-Length': String(size),
      'Upload-Metadata': metadata.map(([name, value]) => `${name} ${inBase64(value)}`).join(','),
    },
  });
  return (response.headers.get('Location') ?? '').replace('/v1/uploads/', '');
}

interface Stored {
  length: number;
  offset: number;
  job: string | null;
}

async function stateOf(id: string): Promise<Upload> {
  const { value } = await ask<Stored>(`/v1/uploads/${id}`);
  return { id, length: value.length, offset: value.offset, job: value.job };
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return [0, 409, 423, 429, 502, 503, 504].includes(error.status);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    });
  });
}

async function sendPart(file: Blob, from: Upload, signal: AbortSignal): Promise<Upload> {
  const response = await send(`/v1/uploads/${from.id}`, {
    method: 'PATCH',
    headers: { ...VERSION, 'Upload-Offset': String(from.offset), 'Content-Type': 'application/offset+octet-stream' },
    body: file.slice(from.offset, from.offset + PART),
    signal,
  });
  const offset = Number(response.headers.get('Upload-Offset'));
  return { ...from, offset, job: response.headers.get('Diwan-Job')?.replace('/v1/jobs/', '') ?? null };
}

// Sends what is not there yet, and tells of each part; returns the job. Where the server can't be reached it waits and
// goes on, however long that takes. Throws what will not pass.
export async function sendRest(file: Blob, id: string, signal: AbortSignal, onPart: (offset: number) => void): Promise<string> {
  let state: Upload | null = null;
  for (let failed = 0; ; ) {
    try {
      state ??= await stateOf(id);
      onPart(state.offset);
      if (state.job) return state.job;
      state = await sendPart(file, state, signal);
      failed = 0;
    } catch (error) {
      if (!mayPass(error)) throw error;
      state = null;
      await pause(Math.min(500 * 2 ** failed++, LONGEST_WAIT), signal);
    }
  }
}
