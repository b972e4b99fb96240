import { statfs } from 'node:fs/promises';

/** `f_type` of file systems that others write to behind this kernel's back (statfs(2)). */
const shared = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB2
  0xff534d42, // CIFS
  0x01021997, // 9p
  0x65735546, // FUSE
  0x786f4256, // VirtualBox
  0x47504653, // GPFS
  0x0bd00bd0, // Lustre
  0x00c36400, // Ceph
]);

/**
 * Whether a watch on the folder hears of every change before the writer's call returns. True of inotify on a file system
 * of this machine alone. macOS tells later; of a shared one, changes made elsewhere are not told at all.
 */
export async function tellsAtOnce(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  // Signed on some machines.
  return !shared.has((await statfs(folder)).type >>> 0);
}
