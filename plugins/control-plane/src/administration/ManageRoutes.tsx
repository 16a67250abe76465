import { useOrganization } from '@krate/plugin-control-plane-react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { MissingPage } from '../pages/MissingPage';
import { InvitesPage } from './access/InvitesPage';
import { LoginsPage } from './access/LoginsPage';
import { MemberPage } from './access/MemberPage';
import { MembersPage } from './access/MembersPage';
import { SignInTab } from './access/SignInTab';
import { TeamPage } from './access/TeamPage';
import { TeamsPage } from './access/TeamsPage';
import { NotificationsPage } from './account/NotificationsPage';
import { TokensPage } from './account/TokensPage';
import { AuditPage } from './audit/AuditPage';
import { OrganizationPage } from './organization/OrganizationPage';
import { OrganizationsPage } from './organization/OrganizationsPage';
import { SecretPage } from './secrets/SecretPage';
import { SecretsPage } from './secrets/SecretsPage';

/** The pages below `/orgs/:org/manage`. */
export function ManageRoutes() {
  const { organization } = useOrganization();
  return (
    <Routes>
      <Route index element={<Navigate to="access/members" replace />} />
      <Route path="access" element={<Navigate to="members" replace />} />
      <Route path="access/members" element={<MembersPage />} />
      <Route path="access/members/:name" element={<MemberPage />} />
      <Route path="access/teams" element={<TeamsPage />} />
      <Route path="access/teams/:name" element={<TeamPage />} />
      <Route path="access/invites" element={<InvitesPage />} />
      <Route path="access/logins" element={<LoginsPage />} />
      <Route path="access/sign-in" element={<SignInTab />} />
      <Route path="organization" element={<OrganizationPage />} />
      <Route path="organizations" element={<OrganizationsPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="secrets" element={<SecretsPage />} />
      <Route path="secrets/:name" element={<SecretPage />} />
      <Route path="account" element={<Navigate to="tokens" replace />} />
      <Route path="account/tokens" element={<TokensPage />} />
      <Route path="account/notifications" element={<NotificationsPage />} />
      <Route path="*" element={<MissingPage organization={organization} />} />
    </Routes>
  );
}
