import { lazy, Suspense } from 'react';
import { SkeletonRows } from '../components/SkeletonRows';
import type { YamlEditorProps } from './YamlEditor';

const Editor = lazy(() => import('./YamlEditor'));

/** The YAML editor, loaded when it is first shown. */
export function LazyYamlEditor(props: YamlEditorProps) {
  return (
    <Suspense fallback={<SkeletonRows rows={12} height={24} />}>
      <Editor {...props} />
    </Suspense>
  );
}
