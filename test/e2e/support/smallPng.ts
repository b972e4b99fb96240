import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const maxColors = 256;

interface Pixels {
  width: number;
  height: number;
  /** 0xRRGGBB each, from the top left. */
  colors: Uint32Array;
}

/**
 * A picture with at most 256 colours, a third of the size: those that cover most, and the nearest of them for the rest,
 * which in pictures of text are shades at the edges of letters.
 *
 * @param png as Chromium makes it: 8 bits, RGB or RGBA, not interlaced; what shines through counts as opaque
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colors } = decode(png);
  const { palette, nearest } = reduce(colors);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      lines[y * (width + 1) + 1 + x] = nearest.get(colors[y * width + x] ?? 0) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const entries = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const data = deflateSync(lines, { level: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function decode(png: Buffer): Pixels {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.[8] !== 8 || header[12] !== 0) throw new Error('smallPng: not a PNG with 8 bits, not interlaced');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const size = { 2: 3, 6: 4 }[header[9] ?? 0];
  if (size === undefined) throw new Error('smallPng: neither RGB nor RGBA');
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((each) => each.data)));
  const stride = width * size;
  const colors = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const line = unfilter(data[start] ?? 0, data.subarray(start + 1, start + 1 + stride), above, size);
    for (let x = 0; x < width; x++) {
      const at = x * size;
      colors[y * width + x] = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
    }
    above = line;
  }
  return { width, height, colors };
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Undoes one of the five filters of PNG (section 9 of its specification). */
function unfilter(filter: number, raw: Buffer, above: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const line = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    const left = line[i - size] ?? 0;
    const up = above[i] ?? 0;
    const upLeft = i < size ? 0 : (above[i - size] ?? 0);
    line[i] = (raw[i] ?? 0) + predicted(filter, left, up, upLeft);
  }
  return line;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - upLeft;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
      return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
    default:
      return 0;
  }
}

/** The palette, and for each colour of the picture the index of what stands for it. */
function reduce(colors: Uint32Array): { palette: number[]; nearest: Map<number, number> } {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const palette = choose(byCount);
  return { palette, nearest: new Map(byCount.map((color) => [color, indexOfNearest(color, palette)])) };
}

/** The most frequent that are not almost alike; where all are, fewer are left out. */
function choose(byCount: readonly number[]): number[] {
  for (const apart of [24, 12, 6, 0]) {
    const chosen: number[] = [];
    for (const color of byCount) {
      if (chosen.length === maxColors) break;
      if (chosen.every((other) => distance(color, other) > apart * apart)) chosen.push(color);
    }
    if (chosen.length === maxColors || apart === 0) return chosen;
  }
  return [];
}

function indexOfNearest(color: number, palette: readonly number[]): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, other] of palette.entries()) {
    const each = distance(color, other);
    if (each < bestDistance) [best, bestDistance] = [index, each];
  }
  return best;
}

/** Squared; the eye tells greens best and blues least, and sees at once where a grey takes on a colour. */
function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  const tint = (red - green) ** 2 + (green - blue) ** 2;
  return 3 * red * red + 6 * green * green + blue * blue + 12 * tint;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
