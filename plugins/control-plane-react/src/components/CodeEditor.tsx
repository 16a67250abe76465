import { yaml } from '@codemirror/lang-yaml';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useMemo } from 'react';
import { MONOSPACE } from './tokens';

export interface CodeEditorProps {
  value: string;
  /** Says what is being read or written, for screen readers. */
  label: string;
  readOnly?: boolean;
  onChange?(value: string): void;
  /** CSS length; the content's own height by default. */
  maxHeight?: string;
}

/** A YAML editor. Load it with `lazy`: it is the heaviest part of a page that has one. */
export default function CodeEditor({
  value,
  label,
  readOnly = false,
  onChange,
  maxHeight = '70vh',
}: CodeEditorProps) {
  const { palette } = useTheme();
  const extensions = useMemo(
    () => [
      yaml(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        ...(readOnly && { tabindex: '0', 'aria-readonly': 'true' }),
      }),
      EditorView.theme({
        // More specific than the dark theme that comes with the editor: both themes stand on our own paper.
        '&.cm-editor': { fontSize: '12.5px', backgroundColor: 'transparent', color: palette.text.primary },
        '&.cm-focused': { outline: `2px solid ${palette.primary.main}` },
        '.cm-content, .cm-gutters': { fontFamily: MONOSPACE },
        '&.cm-editor .cm-gutters': {
          backgroundColor: 'transparent',
          border: 'none',
          color: palette.text.secondary,
        },
        '.cm-scroller': { maxHeight },
      }),
    ],
    [label, readOnly, maxHeight, palette],
  );
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
      <CodeMirror
        value={value}
        theme={palette.mode}
        readOnly={readOnly}
        extensions={extensions}
        onChange={onChange}
        basicSetup={{
          highlightActiveLine: !readOnly,
          highlightActiveLineGutter: !readOnly,
          searchKeymap: true,
        }}
      />
    </Box>
  );
}
