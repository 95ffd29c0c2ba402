// Where the page begins: fonts and styles, the reader's language, who is signed in, then the shell.
import '@fontsource-variable/vazirmatn/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadMessages } from './i18n';
import { direction, language } from './lib/settings';
import { followLinks } from './lib/router';
import { Shell } from './shell';

const root = document.getElementById('app') as HTMLElement;

effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dir = direction.value;
  void loadMessages(language.value);
});

followLinks(root);
render(<Shell />, root);
