import { utf8Length } from './utf8Length';

it.each(['', 'plain', 'é', '€', '🚀', 'mixed é€🚀'])('counts the bytes of "%s"', text => {
  expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
});
