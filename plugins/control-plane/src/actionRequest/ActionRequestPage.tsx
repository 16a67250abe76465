import { PageFrame } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import { Asked } from './Asked';

/** `/action-requests/:id`: a program wants to do something for the reader that cannot be taken back. */
export function ActionRequestPage() {
  const { id = '' } = useParams();
  return (
    <PageFrame title="A program asks">
      <Box sx={{ maxWidth: 640 }}>
        <Asked id={id} />
      </Box>
    </PageFrame>
  );
}
