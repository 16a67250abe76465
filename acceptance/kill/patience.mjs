/** Raised where waiting longer is no use. */
export class Hopeless extends Error {}

/** Asks until there is an answer; a backend that is not there yet is no answer, and what is hopeless ends it at once. */
export async function patiently(what, ask, { seconds = 120, everyMs = 100 } = {}) {
  const deadline = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value) return value;
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  throw new Error(`waited ${seconds} s for ${what}${last ? `; last: ${last.message}` : ''}`);
}
