// Where files are dropped; two buttons do the same without a mouse.
import { useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { filesChosen, filesDropped, type GivenFile } from './given';

interface ChooserProps {
  label: string;
  name: string;
  folder?: boolean;
  onGiven: (given: GivenFile[]) => void;
}

function Chooser({ label, name, folder, onGiven }: ChooserProps) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        type="file"
        class="visually-hidden"
        name={name}
        ref={(element) => {
          input.current = element;
          if (element) element.webkitdirectory = folder ?? false;
        }}
        tabIndex={-1}
        aria-hidden="true"
        multiple
        onChange={(event) => {
          onGiven(filesChosen(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

export function DropZone({ onGiven }: { onGiven: (given: GivenFile[]) => void }) {
  const [over, setOver] = useState(false);
  return (
    <div
      class={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) void filesDropped(event.dataTransfer).then(onGiven);
      }}
    >
      <p>{t('bring.drop')}</p>
      <div class="drop-buttons">
        <Chooser label={t('bring.chooseFiles')} name="files" onGiven={onGiven} />
        <Chooser label={t('bring.chooseFolder')} name="folder" folder onGiven={onGiven} />
      </div>
    </div>
  );
}
