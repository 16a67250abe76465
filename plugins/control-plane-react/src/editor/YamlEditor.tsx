import {
  autocompletion,
  CompletionContext,
  CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { StructuralSchema } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import CodeMirror, { EditorView, ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import { MONOSPACE } from '../components/tokens';
import { keySuggestions, Place, placeAt, Suggestion, valueSuggestions } from './completeYaml';
import { Fault } from './validateManifest';

export interface YamlEditorProps {
  value: string;
  /** Says what is being written, for screen readers. */
  label: string;
  schema: StructuralSchema;
  faults: readonly Fault[];
  /** Names of the objects of a kind, for fields that refer to one. */
  namesOf(kind: string): Promise<readonly string[]>;
  onChange(value: string): void;
  /** CSS length. */
  height: string;
}

/** A YAML editor that knows what may stand where and marks what is wrong. Load it with `lazy`. */
export default function YamlEditor({
  value,
  label,
  schema,
  faults,
  namesOf,
  onChange,
  height,
}: YamlEditorProps) {
  const { palette } = useTheme();
  const editor = useRef<ReactCodeMirrorRef>(null);
  const names = useRef(namesOf);
  names.current = namesOf;
  const extensions = useMemo(
    () => [
      yaml(),
      lintGutter(),
      autocompletion({
        activateOnTyping: true,
        override: [context => complete(context, schema, kind => names.current(kind))],
      }),
      EditorView.lineWrapping,
      // Focusable by itself; the attribute says so to those who only read the markup.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.theme({
        '&.cm-editor': {
          fontSize: '12.5px',
          height: '100%',
          backgroundColor: 'transparent',
          color: palette.text.primary,
        },
        '&.cm-focused': { outline: `2px solid ${palette.primary.main}`, outlineOffset: '-2px' },
        '.cm-content, .cm-gutters, .cm-tooltip': { fontFamily: MONOSPACE },
        '&.cm-editor .cm-gutters': {
          backgroundColor: 'transparent',
          border: 'none',
          color: palette.text.secondary,
        },
        '.cm-tooltip': {
          border: `1px solid ${palette.divider}`,
          backgroundColor: palette.background.paper,
          color: palette.text.primary,
        },
        '.cm-tooltip .cm-completionInfo': { maxWidth: '340px', fontFamily: 'inherit' },
        '.cm-diagnostic': { fontFamily: 'inherit', fontSize: '13px' },
      }),
    ],
    [label, schema, palette],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (!view) return;
    const length = view.state.doc.length;
    const marked = faults.map(({ message, range }) => ({
      from: Math.min(range.from, length),
      to: Math.min(range.to, length),
      severity: 'error' as const,
      message,
    }));
    view.dispatch(setDiagnostics(view.state, marked));
  }, [faults, value]);
  return (
    <Box sx={{ height, overflow: 'hidden', '& > div': { height: '100%' } }}>
      <CodeMirror
        ref={editor}
        value={value}
        height="100%"
        theme={palette.mode}
        extensions={extensions}
        onChange={onChange}
        basicSetup={{ autocompletion: false, searchKeymap: true }}
      />
    </Box>
  );
}

async function complete(
  context: CompletionContext,
  schema: StructuralSchema,
  namesOf: YamlEditorProps['namesOf'],
): Promise<CompletionResult | null> {
  const place = placeAt(context.state.doc.toString(), context.pos, schema);
  if (!place) return null;
  // Without a letter typed a key is offered only when asked for: the end of every line would open the list.
  if (place.at === 'key' && place.from === context.pos && !context.explicit) return null;
  const suggestions = place.at === 'key' ? keySuggestions(place) : await valuesFor(place, namesOf);
  if (suggestions.length === 0) return null;
  return {
    from: place.from,
    validFor: /^[\w.-]*$/,
    options: suggestions.map(({ label, text, detail, info }) =>
      snippetCompletion(text.replace(/[#$]/g, '\\$&'), { label, detail, info }),
    ),
  };
}

async function valuesFor(place: Place, namesOf: YamlEditorProps['namesOf']): Promise<Suggestion[]> {
  const kind = place.schema?.['x-krate-ref']?.kind;
  if (!kind) return valueSuggestions(place);
  return (await namesOf(kind)).map(name => ({ label: name, text: name, detail: kind }));
}
