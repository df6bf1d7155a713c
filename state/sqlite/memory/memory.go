package memory

import "unsafe"

// At is what stands at an address.
func At[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) } // #nosec G103

// ListAt is so many of them, one behind the other.
func ListAt[T any](address uintptr, length int32) []T { return unsafe.Slice(At[T](address), length) } // #nosec G103

// TextAt is so many bytes as a text, valid as long as they stand there.
func TextAt(address uintptr, length int32) string { return unsafe.String(At[byte](address), length) } // #nosec G103

// AddressOf is where something stands that somebody else keeps alive.
func AddressOf[T any](of *T) uintptr { return uintptr(unsafe.Pointer(of)) } // #nosec G103

// AddressOfText is where the bytes of a text stand.
func AddressOfText(text string) uintptr { return AddressOf(unsafe.StringData(text)) } // #nosec G103

// AddressOfBytes is where the first of them stands.
func AddressOfBytes(bytes []byte) uintptr { return AddressOf(unsafe.SliceData(bytes)) } // #nosec G103

// PointerTo is a function of a package as C code calls it.
func PointerTo(function any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&function))[1] } // #nosec G103

// SizeOfC is how many bytes a structure takes.
func SizeOfC[T any]() int32 { return int32(unsafe.Sizeof(*new(T))) } // #nosec G103

// TextOf is bytes that nobody changes any more, without a copy.
func TextOf(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) } // #nosec G103
