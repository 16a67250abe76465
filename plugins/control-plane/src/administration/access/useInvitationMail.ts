import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';

/** Whether this Krate sends invitations by mail; undefined until known. */
export function useInvitationMail(): boolean | undefined {
  const api = useApi(krateApiRef);
  const [mails, setMails] = useState<boolean>();
  useEffect(() => {
    let current = true;
    api
      .request('invitations')
      .then(response => response.json())
      .then(
        answer => current && setMails(answer.mails === true),
        // Then a link is shown, which always works.
        () => current && setMails(false),
      );
    return () => {
      current = false;
    };
  }, [api]);
  return mails;
}
