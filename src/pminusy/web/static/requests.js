/* Requests, of most of which only the latest counts. */

/** An answer that isn't a result; the message is a sentence for the page. */
export class Refusal extends Error {}

/** A function that posts JSON to an address and gives up the request before, if that is still under way. */
export function latest(address) {
  let controller = null;
  return (body) => {
    controller?.abort();
    controller = new AbortController();
    return answered(address, body, controller.signal);
  };
}

/** Post JSON to an address, again and again while the server is busy. */
export async function answered(address, body, signal = new AbortController().signal) {
  for (;;) {
    const response = await post(address, body, signal);
    if (response.status !== 503) return await result(response);
    await pause(1000 * Number(response.headers.get("Retry-After") ?? 1), signal);
  }
}

/** Whether an error only says that a newer request has taken the place of this one. */
export const isOutdated = (error) => error.name === "AbortError";

async function post(address, body, signal) {
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (isOutdated(error)) throw error;
    throw new Refusal("The server does not answer.");
  }
}

async function result(response) {
  if (response.ok) return await response.json();
  const refused = await response.json().catch(() => ({}));
  throw new Refusal(refused.error ?? `The server answered ${response.status}.`);
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** A function that is called once, when it hasn't been asked for during a pause. */
export function afterPause(milliseconds, called) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(called, milliseconds);
  };
}
