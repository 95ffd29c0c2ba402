import { t } from '../../i18n';
import { Empty } from '../../ui/states';

export default function Page() {
  return <Empty title={t('nav.bringIn')}>{t('app.soon')}</Empty>;
}
