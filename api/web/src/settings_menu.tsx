// Language, digits and calendar, as the reader wants them.
import { t } from './i18n';
import { inDigits } from './lib/digits';
import { CALENDARS, DIGITS, LANGUAGES, calendar, choose, digits, language, type Language } from './lib/settings';
import { Icon } from './ui/icons';
import { Menu } from './ui/menu';

const NAMES: Record<Language, string> = { ar: 'العربية', fa: 'فارسی', en: 'English' };

interface Choice<T extends string> {
  value: T;
  name: string;
  lang?: string;
}

function Choices<T extends string>(props: {
  title: string;
  group: string;
  choices: Choice<T>[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="choices">
      <legend>{props.title}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} lang={choice.lang}>
          <input
            type="radio"
            name={props.group}
            value={choice.value}
            checked={choice.value === props.chosen}
            onChange={() => props.onChoose(choice.value)}
          />
          <bdi>{choice.name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

export function SettingsMenu() {
  return (
    <Menu label={NAMES[language.value]} icon={<Icon name="globe" />} className="menu-end menu-settings">
      <p class="visually-hidden">{t('settings.title')}</p>
      <Choices
        title={t('settings.language')}
        group="language"
        choices={LANGUAGES.map((value) => ({ value, name: NAMES[value], lang: value }))}
        chosen={language.value}
        onChoose={(value) => choose({ language: value })}
      />
      <Choices
        title={t('settings.digits')}
        group="digits"
        choices={DIGITS.map((value) => ({ value, name: inDigits('0123456789', value) }))}
        chosen={digits.value}
        onChoose={(value) => choose({ digits: value })}
      />
      <Choices
        title={t('settings.calendar')}
        group="calendar"
        choices={CALENDARS.map((value) => ({ value, name: t(`calendar.${value}`) }))}
        chosen={calendar.value}
        onChoose={(value) => choose({ calendar: value })}
      />
    </Menu>
  );
}
