/* A page and what is given beside it, compressed into the part of an address behind #. */

/** The part behind #, without it. */
export async function packed(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const deflated = await through(bytes, new CompressionStream("deflate-raw"));
  const binary = Array.from(deflated, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What `packed` was given, or null if the text isn't one of its results. */
export async function unpacked(text) {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const inflated = await through(bytes, new DecompressionStream("deflate-raw"));
    const { text: page, define, assume, readings } = JSON.parse(new TextDecoder().decode(inflated));
    return { text: String(page), define: strings(define), assume: strings(assume), readings: pairs(readings) };
  } catch {
    return null;
  }
}

const pairs = (values) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, String(value)]));

const strings = (values) => (Array.isArray(values) ? values.map(String) : []);

async function through(bytes, stream) {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
