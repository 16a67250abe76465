import { organizationPath, PageFrame, RouteTabs, useOrganization } from '@krate/plugin-control-plane-react';
import { ReactNode } from 'react';

const TABS = [
  { label: 'Access tokens', path: 'tokens', lede: 'What terminals, pipelines and git sign in with as you.' },
  { label: 'Notifications', path: 'notifications', lede: 'What you are told of, and where.' },
] as const;

/** The frame of the pages about the reader alone. */
export function AccountFrame({
  tab,
  action,
  children,
}: {
  tab: (typeof TABS)[number]['path'];
  action?: ReactNode;
  children: ReactNode;
}) {
  const { organization } = useOrganization();
  const to = (path: string) => organizationPath(organization, 'manage', 'account', path);
  const { label, lede } = TABS.find(({ path }) => path === tab)!;
  return (
    <PageFrame
      title={label}
      crumbs={[{ label: 'My account', to: to('tokens') }]}
      lede={lede}
      organization={organization}
      action={action}
      tabs={
        <RouteTabs
          label="My account"
          value={to(tab)}
          tabs={TABS.map(({ label: text, path }) => ({ label: text, to: to(path) }))}
        />
      }
    >
      {children}
    </PageFrame>
  );
}
