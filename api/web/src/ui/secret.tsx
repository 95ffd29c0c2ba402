// A secret that is told once: to copy, and gone when it is put away.
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './icons';
import './secret.css';

export function Secret({ label, value, onPutAway }: { label: string; value: string; onPutAway: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="secret" role="status">
      <p>{label}</p>
      <code dir="ltr">{value}</code>
      <div class="secret-buttons">
        <button type="button" class="button" onClick={() => void navigator.clipboard?.writeText(value).then(() => setCopied(true))}>
          <Icon name="copy" />
          {t(copied ? 'secret.copied' : 'secret.copy')}
        </button>
        <button type="button" class="button" onClick={onPutAway}>
          {t('secret.done')}
        </button>
      </div>
    </div>
  );
}
