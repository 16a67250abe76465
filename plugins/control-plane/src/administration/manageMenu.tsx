import { MenuBlueprint } from '@krate/plugin-control-plane-react';
import AccountIcon from '@mui/icons-material/AccountCircleOutlined';
import AuditIcon from '@mui/icons-material/ReceiptLongOutlined';
import OrganizationIcon from '@mui/icons-material/CorporateFareOutlined';
import SecretIcon from '@mui/icons-material/KeyOutlined';

/** The pages of administration beside Access. */
export const manageMenu = MenuBlueprint.make({
  name: 'manage',
  params: {
    pages: [
      {
        title: 'Organization',
        path: ['manage', 'organization'],
        group: 'Manage',
        icon: OrganizationIcon,
        order: 10,
        keywords: ['settings', 'budget', 'visibility', 'suspend', 'delete'],
      },
      {
        title: 'Secrets',
        path: ['manage', 'secrets'],
        group: 'Manage',
        icon: SecretIcon,
        order: 22,
        keywords: ['keys', 'passwords', 'grants', 'rotate'],
      },
      {
        title: 'Audit',
        path: ['manage', 'audit'],
        group: 'Manage',
        icon: AuditIcon,
        order: 40,
        keywords: ['history', 'who', 'denied', 'export'],
      },
      {
        title: 'My account',
        path: ['manage', 'account'],
        group: 'Manage',
        icon: AccountIcon,
        order: 60,
        keywords: ['tokens', 'notifications', 'sessions'],
      },
    ],
    actions: [
      { title: 'Make an access token', to: 'manage/account/tokens', keywords: ['api', 'git', 'cli'] },
    ],
  },
});
