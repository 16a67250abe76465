import { Content, Page } from '@backstage/core-components';
import { useOrganization } from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';

/** What waits for me, what runs, and the repositories of an organization. */
export function HomePage() {
  const { organization } = useOrganization();
  return (
    <Page themeId="home">
      <Content>
        <Typography variant="h1">{organization}</Typography>
      </Content>
    </Page>
  );
}
