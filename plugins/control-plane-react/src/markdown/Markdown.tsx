import { SkeletonRows } from '../components/SkeletonRows';
import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import { demoteHeadings } from './demoteHeadings';

const MarkdownContent = lazy(() =>
  import('@backstage/core-components').then(module => ({ default: module.MarkdownContent })),
);

/** A picture in the address itself, made by the page and not by the text. */
const isPicture = (address: string | undefined) => /^data:image\/(png|jpeg|svg\+xml)[;,]/.test(address ?? '');

/** Somebody's markdown, rendered without any of its HTML; addresses that are not of the web lead nowhere. */
export function Markdown({
  text,
  resolve,
  sameTab = false,
}: {
  text: string;
  resolve?(address: string): string;
  /** Links stay in this tab: they are the page's own. */
  sameTab?: boolean;
}) {
  const safe = (address: string) => {
    const target = resolve?.(address) ?? address;
    return /^(https?:|mailto:|\/(?!\/)|#)/i.test(target) ? target : '#';
  };
  return (
    <Box
      sx={{
        overflowWrap: 'anywhere',
        fontSize: 14,
        '& > div > :first-of-type': { mt: 0 },
        '& img': { maxWidth: '100%' },
        '& a': { textDecoration: 'underline' },
        // Long lines wrap: a block that scrolls sideways could not be reached by keyboard.
        '& pre, & pre code': { whiteSpace: 'pre-wrap !important', overflowWrap: 'anywhere' },
        // The highlighter brings a grey of its own, as a style of the element.
        '& pre': {
          bgcolor: theme => `${theme.palette.background.default} !important`,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          p: '12px !important',
        },
        // The highlighter's block stands in one of Markdown's own.
        '& pre pre': { border: 0, m: '0 !important', p: '0 !important' },
      }}
    >
      <Suspense fallback={<SkeletonRows rows={4} height={24} />}>
        <MarkdownContent
          content={demoteHeadings(text)}
          dialect="gfm"
          transformLinkUri={safe}
          transformImageUri={address => (isPicture(resolve?.(address)) ? resolve!(address) : safe(address))}
          linkTarget={sameTab ? undefined : '_blank'}
        />
      </Suspense>
    </Box>
  );
}
