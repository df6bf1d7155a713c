package disk

import "syscall"

// RemoteKind returns the kind of file system on which a file lies if other machines may
// share it, "" if it is local. SQLite's log needs memory that all its users share, and
// locks that hold (https://www.sqlite.org/wal.html,
// https://www.sqlite.org/howtocorrupt.html, 2.1).
func RemoteKind(path string) string {
	var found syscall.Statfs_t
	if syscall.Statfs(path, &found) != nil {
		return ""
	}
	return remoteKind(int64(found.Type))
}

// remoteKind names the magic numbers of linux/magic.h.
func remoteKind(magic int64) string {
	return map[int64]string{
		0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB", 0x01021997: "9P", 0x5346414f: "AFS", 0x6b414653: "AFS",
		0x73757245: "Coda", 0x00c36400: "Ceph", 0x0bd00bd0: "Lustre", 0x47504653: "GPFS", 0x564c: "NCP", 0x786f4256: "VirtualBox's shared folders",
	}[magic&0xffffffff]
}
