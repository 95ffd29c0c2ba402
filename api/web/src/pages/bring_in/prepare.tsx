// Before anything is sent: which files, and what is said of all of them.
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { ManifestProblem } from '../../lib/csv';
import { showNumber } from '../../lib/digits';
import { accessName, typeName } from '../../lib/names';
import { TextField } from '../../ui/field';
import { Select } from '../../ui/select';
import { Failure } from '../../ui/states';
import { Delivery, MOST_FILES, type Common } from './delivery';
import { DropZone } from './drop_zone';
import { isManifest, joined, type GivenFile } from './given';
import { showSize } from './sizes';
import { FileName } from '../../ui/text';

const TYPES = ['decision', 'ruling', 'law', 'decree', 'regulation', 'circular', 'letter', 'minutes', 'agenda'];
const LEVELS = ['public', 'internal', 'confidential'];
const NOTHING: Common = { label: '', language: 'auto', type: '', body: '', access: 'internal' };

function AboutAll({ common, onChange }: { common: Common; onChange: (common: Common) => void }) {
  const set = (name: keyof Common) => (value: string) => onChange({ ...common, [name]: value });
  const languages = ['auto', 'ara', 'fas'] as const;
  return (
    <fieldset class="card about-all">
      <legend>{t('bring.about')}</legend>
      <TextField label={t('bring.label')} name="label" value={common.label} onChange={set('label')} />
      <Select
        label={t('bring.language')}
        name="language"
        value={common.language}
        choices={languages.map((value) => ({ value, name: t(`bring.language.${value}`) }))}
        onChange={set('language')}
      />
      <Select
        label={t('field.type')}
        name="type"
        value={common.type}
        choices={[{ value: '', name: t('bring.asRead') }, ...TYPES.map((value) => ({ value, name: typeName(value) }))]}
        onChange={set('type')}
      />
      <TextField label={t('bring.body')} name="body" value={common.body} onChange={set('body')} />
      <Select
        label={t('bring.access')}
        name="access"
        value={common.access}
        choices={LEVELS.map((value) => ({ value, name: accessName(value) }))}
        onChange={set('access')}
      />
    </fieldset>
  );
}

function Chosen({ scans, manifest, onClear }: { scans: GivenFile[]; manifest: GivenFile | undefined; onClear: () => void }) {
  const size = scans.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <div class="chosen">
      <p role="status">
        {t('bring.chosen', { n: scans.length })}
        {t('app.between')}
        <bdi>{showSize(size)}</bdi>
        {manifest && (
          <>
            <br />
            {t('bring.manifest', { name: manifest.path })}
          </>
        )}
      </p>
      <details>
        <summary>{t('bring.list')}</summary>
        <ul class="plain files">
          {scans.slice(0, 300).map(({ path, file }) => (
            <li key={path}>
              <span class="file-name">
                <FileName name={path} />
              </span>
              <span class="small muted">{showSize(file.size)}</span>
            </li>
          ))}
        </ul>
        {scans.length > 300 && <p>{t('bring.andMore', { n: scans.length - 300 })}</p>}
      </details>
      <button type="button" class="button button-quiet" onClick={onClear}>
        {t('bring.clear')}
      </button>
    </div>
  );
}

function Wrong({ failure }: { failure: unknown }) {
  if (!(failure instanceof ManifestProblem)) return <Failure error={failure} />;
  return (
    <p class="mistake" role="alert">
      {t(`bring.csv.${failure.kind}`, { name: failure.value })}
    </p>
  );
}

export function Prepare({ onBegun }: { onBegun: (delivery: Delivery) => void }) {
  const [given, setGiven] = useState<GivenFile[]>([]);
  const [common, setCommon] = useState<Common>(NOTHING);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const manifest = given.find(isManifest);
  const scans = given.filter((each) => !isManifest(each));
  const tooMany = scans.length > MOST_FILES;

  const add = (more: GivenFile[]) => {
    setGiven(joined(given, more));
  };
  const begin = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      onBegun(await Delivery.begin(common, scans, manifest ? await manifest.file.text() : null));
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <form class="prepare" onSubmit={(event) => void begin(event)}>
      <div>
        <DropZone onGiven={add} />
        {given.length > 0 && <Chosen scans={scans} manifest={manifest} onClear={() => setGiven([])} />}
        {tooMany && (
          <p class="mistake" role="alert">
            {t('bring.tooMany', { most: showNumber(MOST_FILES) })}
          </p>
        )}
        {failure !== null && <Wrong failure={failure} />}
        <button type="submit" class="button button-main" disabled={busy || scans.length === 0 || tooMany}>
          {t('bring.do', { n: scans.length })}
        </button>
      </div>
      <AboutAll common={common} onChange={setCommon} />
    </form>
  );
}
