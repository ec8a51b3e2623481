import { PartnerList } from './list/PartnerList';

/** /{company}/partners */
export default function FindPage() {
  return <PartnerList overview={false} />;
}
