// Moves Opus packets from WebM, which Chromium records, into Ogg, which Telegram's voice notes are; nothing is encoded
// anew.
// Sources: RFC 8794 (EBML), the WebM container guidelines, RFC 3533 (Ogg), RFC 7845 (Opus in Ogg).

const ids = { segment: 0x18538067, cluster: 0x1f43b675, blockGroup: 0xa0, block: 0xa1, simpleBlock: 0xa3,
  tracks: 0x1654ae6b, trackEntry: 0xae, codecPrivate: 0x63a2 };
const containers = new Set([ids.segment, ids.cluster, ids.blockGroup, ids.tracks, ids.trackEntry]);

/** The recording as Ogg Opus, or null when it is not what is expected. */
export function oggFromWebM(bytes) {
  const found = { head: null, packets: [] };
  walk(bytes, 0, bytes.length, found);
  if (!found.head || found.packets.length === 0) return null;
  return write(found.head, found.packets);
}

function walk(bytes, start, end, found) {
  let at = start;
  while (at < end) {
    const id = number(bytes, at, false);
    if (!id) return;
    const size = number(bytes, at + id.length, true);
    if (!size) return;
    const begin = at + id.length + size.length;
    const finish = size.isUnknown ? end : Math.min(end, begin + size.value);
    if (containers.has(id.value)) {
      walk(bytes, begin, finish, found);
    } else if (id.value === ids.codecPrivate) {
      found.head = bytes.slice(begin, finish);
    } else if (id.value === ids.simpleBlock || id.value === ids.block) {
      const track = number(bytes, begin, true);
      if (track) found.packets.push(bytes.slice(begin + track.length + 3, finish));
    }
    at = finish;
  }
}

/** A number of variable length; of an id the length marker stays part of the value. */
function number(bytes, at, dropMarker) {
  const first = bytes[at];
  if (!first) return null;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  let value = dropMarker ? first & (0xff >> length) : first;
  let isUnknown = dropMarker && value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    value = value * 256 + bytes[at + index];
    isUnknown &&= bytes[at + index] === 0xff;
  }
  return { value, length, isUnknown };
}

/** Samples at 48 kHz that a packet plays, told by its first byte. */
function samples(packet) {
  const config = packet[0] >> 3;
  const frame =
    config < 12 ? [480, 960, 1920, 2880][config % 4] :
    config < 16 ? [480, 960][config % 2] : [120, 240, 480, 960][config % 4];
  const code = packet[0] & 3;
  return frame * (code === 0 ? 1 : code === 3 ? packet[1] & 63 : 2);
}

function write(head, packets) {
  const serial = Math.floor(Math.random() * 0xffffffff);
  const pages = [];
  const page = (flags, position, list) => pages.push(makePage(flags, position, serial, pages.length, list));
  const vendor = new TextEncoder().encode("sandbox");
  const tags = new Uint8Array(8 + 4 + vendor.length + 4);
  tags.set(new TextEncoder().encode("OpusTags"));
  new DataView(tags.buffer).setUint32(8, vendor.length, true);
  tags.set(vendor, 12);
  page(2, 0, [head]);
  page(0, 0, [tags]);
  let position = 0;
  for (let index = 0; index < packets.length; index += 50) {
    const group = packets.slice(index, index + 50);
    for (const packet of group) position += samples(packet);
    page(index + 50 >= packets.length ? 4 : 0, position, group);
  }
  return new Blob(pages, { type: "audio/ogg" });
}

function makePage(flags, position, serial, sequence, packets) {
  const laces = packets.flatMap((packet) => [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const size = packets.reduce((sum, packet) => sum + packet.length, 0);
  const bytes = new Uint8Array(27 + laces.length + size);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("OggS"));
  bytes[5] = flags;
  view.setBigUint64(6, BigInt(position), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  bytes[26] = laces.length;
  bytes.set(laces, 27);
  let at = 27 + laces.length;
  for (const packet of packets) {
    bytes.set(packet, at);
    at += packet.length;
  }
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function checksum(bytes) {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) ^ table[(sum >>> 24) ^ byte]) >>> 0;
  return sum;
}
