"use strict";
// The digest of a JSON value, the same as sencli/core/handover/sealed.py makes it.
// crypto.subtle is missing on pages that are opened from a file.

function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value && typeof value === "object") {
    const parts = Object.keys(value).sort().map((name) => JSON.stringify(name) + ":" + canonical(value[name]));
    return "{" + parts.join(",") + "}";
  }
  return JSON.stringify(value);
}

function digestOf(value, but) {
  const kept = Object.assign({}, value);
  delete kept[but];
  return sha256(new TextEncoder().encode(canonical(kept)));
}

// FIPS 180-4
function sha256(bytes) {
  const fraction = (number) => ((number - Math.floor(number)) * 4294967296) | 0;
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const constants = primes.map((p) => fraction(Math.cbrt(p)));
  const hash = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const right = (word, by) => (word >>> by) | (word << (32 - by));

  const data = new DataView(new ArrayBuffer(((bytes.length + 8) >> 6) * 64 + 64));
  bytes.forEach((byte, at) => data.setUint8(at, byte));
  data.setUint8(bytes.length, 0x80);
  data.setUint32(data.byteLength - 8, Math.floor(bytes.length / 0x20000000));
  data.setUint32(data.byteLength - 4, bytes.length << 3);

  const w = new Int32Array(64);
  for (let start = 0; start < data.byteLength; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = data.getInt32(start + i * 4);
    for (let i = 16; i < 64; i++) {
      const low = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const high = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + low + w[i - 7] + high;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const mixed = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const one = (h + mixed + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
      const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] = (hash[i] + word) | 0; });
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
