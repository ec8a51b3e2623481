import { PartnerList } from './list/PartnerList';

/** /{company}/crm */
export default function OverviewPage() {
  return <PartnerList overview />;
}
