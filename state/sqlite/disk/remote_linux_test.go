package disk

import "testing"

// hazard P15
func TestNetworkFileSystemsAreNamed(t *testing.T) {
	if remote := RemoteKind(t.TempDir()); remote != "" {
		t.Skipf("the temporary folder lies on %s", remote)
	}
	negative := int32(-0x00acb2be) // how 32-bit systems tell of CIFS, 0xff534d42
	for magic, want := range map[int64]string{0x6969: "NFS", 0xff534d42: "CIFS", int64(negative): "CIFS", 0x01021997: "9P", 0xef53: "", 0x01021994: "", 0x794c7630: "", 0x9123683e: ""} {
		if got := remoteKind(magic); got != want {
			t.Errorf("%#x is %q, want %q", magic, got, want)
		}
	}
}
