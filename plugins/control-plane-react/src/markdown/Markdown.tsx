import { SkeletonRows } from '../components/SkeletonRows';
import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import { demoteHeadings } from './demoteHeadings';

const MarkdownContent = lazy(() =>
  import('@backstage/core-components').then(module => ({ default: module.MarkdownContent })),
);

/** Somebody's markdown, rendered without any of its HTML; addresses that are not of the web lead nowhere. */
export function Markdown({ text, resolve }: { text: string; resolve?(address: string): string }) {
  const safe = (address: string) => {
    const target = resolve?.(address) ?? address;
    return /^(https?:|mailto:|blob:|\/(?!\/)|#)/i.test(target) ? target : '#';
  };
  return (
    <Box
      sx={{
        overflowWrap: 'anywhere',
        fontSize: 14,
        '& > div > :first-of-type': { mt: 0 },
        '& img': { maxWidth: '100%' },
        '& a': { textDecoration: 'underline' },
      }}
    >
      <Suspense fallback={<SkeletonRows rows={4} height={24} />}>
        <MarkdownContent
          content={demoteHeadings(text)}
          dialect="gfm"
          transformLinkUri={safe}
          transformImageUri={safe}
          linkTarget="_blank"
        />
      </Suspense>
    </Box>
  );
}
