package memory

import "unsafe"

// At returns a pointer to the value at an address.
func At[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) } // #nosec G103

// ListAt returns the values at an address, one after the other.
func ListAt[T any](address uintptr, length int32) []T { return unsafe.Slice(At[T](address), length) } // #nosec G103

// TextAt returns the bytes at an address as a string, which is valid as long as they are
// there.
func TextAt(address uintptr, length int32) string { return unsafe.String(At[byte](address), length) } // #nosec G103

// AddressOf returns the address of a value. The caller keeps the value alive.
func AddressOf[T any](of *T) uintptr { return uintptr(unsafe.Pointer(of)) } // #nosec G103

// AddressOfText returns the address of the bytes of a string.
func AddressOfText(text string) uintptr { return AddressOf(unsafe.StringData(text)) } // #nosec G103

// AddressOfBytes returns the address of the first byte.
func AddressOfBytes(bytes []byte) uintptr { return AddressOf(unsafe.SliceData(bytes)) } // #nosec G103

// PointerTo returns a function of a package as C code calls it.
func PointerTo(function any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&function))[1] } // #nosec G103

// SizeOfC returns the size of a type in bytes.
func SizeOfC[T any]() int32 { return int32(unsafe.Sizeof(*new(T))) } // #nosec G103

// TextOf returns bytes as a string without a copy. Nobody may change them any more.
func TextOf(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) } // #nosec G103
