import { useApi } from '@backstage/core-plugin-api';
import {
  candidatesOf,
  explorerPath,
  KindInfo,
  krateApiRef,
  LazyYamlEditor,
  Problem,
  SchemaForm,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { KeyboardEvent, useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { CopyButton } from '../CopyButton';
import { applyCommand } from './editable';
import { DraftNotice } from './DraftNotice';
import { FaultSummary } from './FaultSummary';
import { MovedNotice } from './MovedNotice';
import { ReviewDialog } from './ReviewDialog';
import { Saved } from './saveObject';
import { useEdit } from './useEdit';
import { useUnsavedGuard } from './useUnsavedGuard';

/** Leaves room for the head of the page and the bar below. */
const PANE_HEIGHT = 'max(420px, calc(100vh - 230px))';

/** Form and YAML of one object side by side: each shows what the other was told, and what is wrong with it. */
export function Editor({
  kind,
  place,
  live,
  template,
}: {
  kind: KindInfo;
  place: string | undefined;
  live?: Resource;
  template: string;
}) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization } = useOrganization();
  const edit = useEdit(kind, place, { live, template });
  const { question, leave } = useUnsavedGuard(edit.dirty, edit.loss);
  const [review, setReview] = useState<Saved>();
  const [busy, setBusy] = useState(false);
  const { manifest, faults } = edit;
  const unreadable = manifest.faults.length > 0;
  const blocked = faults.some(({ source }) => source !== 'server');
  const namesOf = useCallback(
    async (target: string) => (await candidatesOf(api, target, organization)).map(({ name }) => name),
    [api, organization],
  );

  const rehearse = async () => {
    if (busy || blocked || edit.moved || !edit.dirty) return;
    setBusy(true);
    setReview(await edit.send(true));
    setBusy(false);
  };
  const save = async () => {
    const saved = await edit.send(false);
    if (!saved) {
      setReview(undefined);
      return;
    }
    leave(() => navigate(explorerPath(organization, kind.plural, saved.object.metadata.name)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void rehearse();
    }
  };
  const cancel = () => navigate(explorerPath(organization, kind.plural, edit.base?.metadata.name));

  return (
    <Box onKeyDownCapture={onKeyDown}>
      {edit.refusal && <Problem error={edit.refusal} title="The server did not take it" />}
      <DraftNotice edit={edit} />
      {/* During a save the change that arrives is one's own. */}
      {!review && <MovedNotice edit={edit} />}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' },
        }}
      >
        <Paper
          variant="outlined"
          component="section"
          aria-label="Form"
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
          tabIndex={0}
          sx={{ p: 2, height: { lg: PANE_HEIGHT }, overflow: 'auto' }}
        >
          {unreadable && (
            <Alert severity="warning" sx={{ mb: 2 }}>
              The text beside is no YAML at the moment; the form follows again once it is.
            </Alert>
          )}
          <Box
            component="fieldset"
            disabled={unreadable}
            sx={{ border: 0, m: 0, p: 0, minWidth: 0, opacity: unreadable ? 0.5 : 1 }}
          >
            <SchemaForm
              schema={kind.schema}
              value={manifest.value}
              flat={kind.flat}
              optionalName={Boolean(kind.numbered)}
              organization={organization}
              faults={faults}
              change={edit.change}
              isFixed={edit.isFixed}
              secrets={edit.secrets}
              changeSecret={edit.changeSecret}
            />
          </Box>
        </Paper>
        <Paper
          variant="outlined"
          component="section"
          aria-label="YAML"
          sx={{ overflow: 'hidden', minWidth: 0 }}
        >
          <LazyYamlEditor
            value={manifest.text}
            label="Manifest"
            schema={kind.schema}
            faults={faults}
            namesOf={namesOf}
            onChange={edit.setText}
            height={PANE_HEIGHT}
          />
        </Paper>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 2, flexWrap: 'wrap' }}>
        <FaultSummary faults={faults} />
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          <CopyButton text={applyCommand(manifest.text)} what="the command">
            Copy as kubectl apply
          </CopyButton>
          <Button onClick={cancel}>Cancel</Button>
          <Button
            variant="contained"
            disabled={busy || blocked || !edit.dirty || Boolean(edit.moved)}
            onClick={rehearse}
          >
            Review and {edit.base ? 'save' : 'create'}
          </Button>
        </Box>
      </Box>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ textAlign: 'right', mt: 0.5 }}>
        Ctrl+Enter reviews · Ctrl+Space completes in the YAML
      </Typography>
      {review && (
        <ReviewDialog edit={edit} review={review} onSave={save} onClose={() => setReview(undefined)} />
      )}
      {question}
    </Box>
  );
}
