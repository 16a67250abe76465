import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { EmptyState } from '../components/EmptyState';
import { Link } from '../components/Link';
import { Problem } from '../components/Problem';
import { SkeletonRows } from '../components/SkeletonRows';
import { Crumb, PageFrame, PageFrameProps } from './PageFrame';

/** What the frame shows once the object is known. */
export interface ObjectHeading extends Pick<PageFrameProps, 'lede' | 'action' | 'tabs'> {
  /** What people call it; its name otherwise. */
  title?: string;
  /** Stands beside the title: its status. A change of it is announced. */
  marks?: ReactNode;
}

export interface ObjectFrameProps<T> {
  /** What it is called in a sentence: “team”. */
  noun: string;
  name: string;
  organization: string;
  /** The list it belongs to. */
  list: Crumb;
  loaded: { object?: T; loading: boolean; error?: Error };
  /** A sentence more for whoever looks for what is not there. */
  missing?: string;
  heading?(object: T): ObjectHeading;
  children(object: T): ReactNode;
}

/** The frame of the page of one object, and what stands in it while there is none: awaited, refused, or not there. */
export function ObjectFrame<T>(props: ObjectFrameProps<T>) {
  const { noun, name, organization, list, loaded, missing, heading, children } = props;
  const { object, loading, error } = loaded;
  const { title = name, marks, ...parts } = (object !== undefined && heading?.(object)) || {};
  return (
    <PageFrame
      title={title}
      organization={organization}
      crumbs={[list]}
      heading={marks && <Heading title={title}>{marks}</Heading>}
      {...parts}
    >
      {error && (
        <Problem
          error={error}
          title={object ? 'What you see may be out of date' : `The ${noun} could not be read`}
        />
      )}
      {!object && !error && loading && <SkeletonRows rows={8} />}
      {!object && !error && !loading && (
        <EmptyState
          title={`There is no ${noun} called ${name} in ${organization}, or you may not see it`}
          action={<Link to={list.to}>All {list.label.toLowerCase()}</Link>}
        >
          {missing}
        </EmptyState>
      )}
      {object !== undefined && children(object)}
    </PageFrame>
  );
}

function Heading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <span>{title}</span>
      <span aria-live="polite">{children}</span>
    </Box>
  );
}
