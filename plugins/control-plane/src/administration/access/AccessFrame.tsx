import { organizationPath, PageFrame, RouteTabs, useOrganization } from '@krate/plugin-control-plane-react';
import { ReactNode } from 'react';

const TABS = [
  { label: 'Members', path: 'members' },
  { label: 'Teams', path: 'teams' },
  { label: 'Invitations', path: 'invites' },
  { label: 'Logins', path: 'logins' },
  { label: 'Sign-in', path: 'sign-in' },
] as const;

export type AccessTab = (typeof TABS)[number]['path'];

/** The frame of the pages about who may come in and what they may do. */
export function AccessFrame({
  tab,
  action,
  children,
}: {
  tab: AccessTab;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { organization } = useOrganization();
  const to = (path: string) => organizationPath(organization, 'manage', 'access', path);
  return (
    <PageFrame
      title={TABS.find(({ path }) => path === tab)!.label}
      crumbs={[{ label: 'Access', to: to('members') }]}
      lede="Who belongs to this organization, what they may do, and how they sign in."
      organization={organization}
      action={action}
      tabs={
        <RouteTabs
          label="Access"
          value={to(tab)}
          tabs={TABS.map(({ label, path }) => ({ label, to: to(path) }))}
        />
      }
    >
      {children}
    </PageFrame>
  );
}
