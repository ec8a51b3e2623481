import { PartnerList } from './PartnerList';

/** /{company}/crm */
export default function OverviewPage() {
  return <PartnerList overview />;
}
