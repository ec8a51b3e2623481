import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import { invitationLink, SecretOnce } from '../SecretOnce';
import type { Member } from './users';

/** The link with which an invited person gets in; the program sends no mail. */
export default function InvitationDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('companies');
  return (
    <Dialog onClose={onClose} title={t('invitation.title', { name: member.name })} size="lg" closeOnClickOutside={false}>
      <SecretOnce label={t('invitation.link')} secret={invitationLink(member.invitation ?? '')} why={t('invitation.why', { email: member.email })} onDone={onClose} />
    </Dialog>
  );
}
