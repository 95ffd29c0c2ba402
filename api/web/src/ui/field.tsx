// An input with its label above it and, where there is one, its mistake below it.
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  name: string;
  type?: 'text' | 'password';
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  autoComplete?: 'username' | 'current-password' | 'new-password';
  autoFocus?: boolean;
  minLength?: number;
  mistake?: string;
}

export function TextField(props: FieldProps) {
  const id = useId();
  const type = props.type === 'password' ? ({ type: 'password' } as const) : ({ type: 'text' } as const);
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        {...type}
        id={id}
        name={props.name}
        value={props.value}
        dir="auto"
        required={props.required ?? false}
        autocomplete={props.autoComplete}
        autofocus={props.autoFocus ?? false}
        minLength={props.minLength}
        aria-invalid={props.mistake ? 'true' : undefined}
        aria-describedby={props.mistake ? `${id}-mistake` : undefined}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
      {props.mistake && (
        <p class="mistake" id={`${id}-mistake`}>
          {props.mistake}
        </p>
      )}
    </div>
  );
}
