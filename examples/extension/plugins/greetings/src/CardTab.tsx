import { Greeting } from '@acme/plugin-greetings-common';
import { Section, useResourceOnPage } from '@krate/plugin-control-plane-react';

/** What is written on the card of the greeting. */
export function CardTab() {
  const { object } = useResourceOnPage<Greeting>();
  return (
    <Section title={`A card for ${object.spec.to}`}>{object.status?.card ?? 'It is being written.'}</Section>
  );
}
