import { Greeting } from '@acme/plugin-greetings-common';
import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { repositoryTab, ResourceTabBlueprint } from '@krate/plugin-control-plane-react';

/** On the page of a greeting: its card. */
const card = ResourceTabBlueprint.make({
  name: 'card',
  params: {
    kinds: [Greeting],
    path: 'card',
    title: 'Card',
    loader: () => import('./CardTab').then(module => <module.CardTab />),
  },
});

/** On the page of every repository: the greetings of its organization. */
const greetings = repositoryTab({
  path: 'greetings',
  title: 'Greetings',
  loader: () => import('./GreetingsTab').then(module => <module.GreetingsTab />),
});

/** Greetings on screen. */
export const greetingsPlugin = createFrontendPlugin({
  pluginId: 'greetings',
  extensions: [card, ...greetings],
});
