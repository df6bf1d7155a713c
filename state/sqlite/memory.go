package sqlite

import "unsafe"

// The driver's C code is translated to Go: addresses are numbers, and functions
// are pointers to Go functions, which must be of a package: nothing would keep a
// closure alive.

func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) } // #nosec G103

func listAt[T any](address uintptr, length int32) []T { return unsafe.Slice(at[T](address), length) } // #nosec G103

func textAt(address uintptr, length int32) string { return unsafe.String(at[byte](address), length) } // #nosec G103

func addressOf[T any](of *T) uintptr { return uintptr(unsafe.Pointer(of)) } // #nosec G103

func addressOfText(text string) uintptr { return addressOf(unsafe.StringData(text)) } // #nosec G103

func addressOfBytes(bytes []byte) uintptr { return addressOf(unsafe.SliceData(bytes)) } // #nosec G103

func pointerTo(function any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&function))[1] } // #nosec G103

func sizeOfC[T any]() int32 { return int32(unsafe.Sizeof(*new(T))) } // #nosec G103

// textOf is bytes that nobody changes any more, without a copy.
func textOf(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) } // #nosec G103
