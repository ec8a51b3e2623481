import { PartnerList } from './PartnerList';

/** /{company}/partners */
export default function FindPage() {
  return <PartnerList overview={false} />;
}
