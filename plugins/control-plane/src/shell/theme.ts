import { createUnifiedTheme, palettes, UnifiedTheme } from '@backstage/theme';

const ACCENT = { light: '#0f766e', dark: '#2dd4bf' };
const FONT = "'Inter', 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', Arial, sans-serif";

const size = (px: number, weight = 400) => ({ fontSize: px, fontWeight: weight, marginBottom: 0 });

/** One set of tokens makes both themes: same type scale, same grid, dense tables. */
function krateTheme(mode: 'light' | 'dark'): UnifiedTheme {
  const dark = mode === 'dark';
  const base = palettes[mode];
  const surface = dark ? '#15191e' : '#ffffff';
  const line = dark ? '#2c333b' : '#e2e6ea';
  return createUnifiedTheme({
    fontFamily: FONT,
    defaultPageTheme: 'home',
    typography: {
      htmlFontSize: 16,
      fontFamily: FONT,
      h1: size(26, 650),
      h2: size(22, 650),
      h3: size(19, 600),
      h4: size(17, 600),
      h5: size(15, 600),
      h6: size(14, 600),
    },
    palette: {
      ...base,
      mode,
      primary: { main: ACCENT[mode], contrastText: dark ? '#06201d' : '#ffffff' },
      secondary: { main: dark ? '#93c5fd' : '#1d4ed8' },
      success: { main: dark ? '#4ade80' : '#15803d' },
      info: { main: dark ? '#7dd3fc' : '#0369a1' },
      warning: { main: dark ? '#fbbf24' : '#9a5b00' },
      error: { main: dark ? '#fca5a5' : '#b91c1c' },
      background: { default: dark ? '#0d1013' : '#f6f7f9', paper: surface },
      divider: line,
      text: dark
        ? { primary: '#e6e9ec', secondary: '#a4adb6' }
        : { primary: '#171b1f', secondary: '#55606b' },
      link: ACCENT[mode],
      linkHover: dark ? '#5eead4' : '#115e56',
      navigation: {
        ...base.navigation,
        background: dark ? '#0a0d10' : '#11181d',
        indicator: '#2dd4bf',
        color: '#b6c0c9',
        selectedColor: '#ffffff',
        navItem: { hoverBackground: '#1f2a31' },
      },
    },
    components: {
      BackstageSidebarItem: { styleOverrides: { root: { height: 32, fontSize: 14 } } },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: line } } },
      MuiTableCell: {
        styleOverrides: {
          root: { padding: '6px 12px', borderColor: line, fontSize: 13 },
          head: { fontSize: 12, fontWeight: 600, letterSpacing: 0, textTransform: 'none' },
        },
      },
      MuiButton: {
        styleOverrides: { root: { textTransform: 'none', fontWeight: 600 } },
        defaultProps: { disableElevation: true },
      },
      MuiToggleButton: { styleOverrides: { root: { textTransform: 'none', fontSize: 13, fontWeight: 500 } } },
      MuiInputLabel: { styleOverrides: { root: { fontSize: 14 } } },
      MuiFormControlLabel: { styleOverrides: { label: { fontSize: 14 } } },
      MuiInputBase: { styleOverrides: { root: { fontSize: 14 } } },
      MuiTab: { styleOverrides: { root: { textTransform: 'none', fontWeight: 600, minHeight: 40 } } },
      MuiChip: { styleOverrides: { root: { fontWeight: 500, margin: 0 } } },
    },
  });
}

export const lightTheme = krateTheme('light');
export const darkTheme = krateTheme('dark');
