// The shapes of the answers that the page uses, as /openapi.json has them. What no page reads is left out.
export type Box = [x: number, y: number, width: number, height: number];

export interface PrintedDate {
  printed: string | null;
  normal: string | null;
}

// Which of the values shown are proposed, and how sure they are, in percent.
export type Unconfirmed = Record<string, number>;

export interface PaperFields {
  type: string | null;
  number: string | null;
  date: PrintedDate | null;
  title: string | null;
  body: string | null;
  unconfirmed: Unconfirmed;
}

export interface Result extends PaperFields {
  record: string;
  page: number;
  external_id: string | null;
  file_name: string | null;
  guess: boolean;
  more_pages: number;
  snippet: { text: string; marked: boolean }[];
  boxes: Box[];
  image_url: string | null;
  page_width: number;
  page_height: number;
}

export interface FacetValue {
  value: string;
  count: number;
}

export interface SearchAnswer {
  query: string;
  total: number;
  pages_searched: number;
  pages_without_text: number;
  took_ms: number;
  notes: string[];
  suggestion: string | null;
  facets: Partial<Record<'type' | 'body' | 'language' | 'year', FacetValue[]>> | null;
  results: Result[];
  next: string | null;
}

export interface Completion {
  kind: 'word' | 'number' | 'title';
  text: string;
  pages: number;
}

export interface Paper extends PaperFields {
  id: string;
  external_id: string | null;
  identifier: string | null;
}

export interface LookUp {
  citation: string;
  normalized_citations: string[];
  status: number;
  matches: (Paper & { match: string })[];
}

export type Standing = 'repealed' | 'replaced' | 'partly_repealed' | 'amended' | 'in_force' | 'not_known';

export interface Place {
  page: number;
  boxes: Box[] | null;
  words: string | null;
}

export interface Effect {
  by: string;
  relation: 'amends' | 'repeals' | 'replaces';
  on: string;
  partial: boolean;
  article: string | null;
  certain: boolean;
  printed: string;
  place: Place;
}

export interface Status {
  status: Standing;
  confirmed: boolean;
  confidence: number;
  reason: string;
  effects: Effect[];
  chain: { papers: Paper[]; effects: Effect[]; cut: boolean };
}

export interface Field {
  name: string;
  value: string;
  printed: string;
  origin: 'ocr' | 'manifest' | 'person';
  state: 'proposed' | 'confirmed';
  confidence: number;
  page: number | null;
  boxes: Box[] | null;
}

export interface ArchiveRecord extends PaperFields {
  id: string;
  external_id: string | null;
  version: number;
  state: 'reading' | 'complete' | 'deleted' | 'merged';
  access: 'public' | 'internal' | 'confidential';
  language: string | null;
  identifier: string | null;
  no_identifier: string | null;
  fields: Field[];
  page_count: number;
  source: { digest: string; size: number; media_type: string; file_name: string; url: string } | null;
  batch: string | null;
  created_at: string;
  changed_at: string;
}

export interface Word {
  text: string;
  box: Box;
  confidence: number;
  line: number;
  block: number;
  number?: 'sure' | 'unsure';
  first_reading?: string;
  alternatives?: string[];
  corrected?: boolean;
}

export interface ArchivePage {
  record: string;
  number: number;
  version: number;
  width: number;
  height: number;
  language: string | null;
  origin: 'ocr' | 'text_layer' | 'import' | 'none';
  doubtful: number;
  text: string;
  failure: string | null;
  image_url: string | null;
  words: Word[];
}

export interface Citation {
  number_in_record: number;
  kind: string;
  relation: 'amends' | 'repeals' | 'replaces' | 'implements' | 'refers_to';
  number: string | null;
  year: string | null;
  title: string | null;
  article: string | null;
  printed: string;
  confidence: number;
  origin: 'ocr' | 'person';
  state: 'proposed' | 'confirmed' | 'rejected';
  place: Place;
  resolved: 'one' | 'several' | 'none';
  matches: { record: string; match: string }[];
}

export interface CitingCitation extends Citation {
  record: string;
  external_id: string | null;
}

export interface Version {
  version: number;
  at: string;
  who: string | null;
  action: string | null;
  what: string | null;
  why: string | null;
}

export interface Stats {
  records: number;
  pages: number;
  pages_without_text: number;
  pages_searchable: number;
  changes_waiting: number;
  files_waiting: number;
}
