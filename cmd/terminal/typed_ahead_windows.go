package terminal

import "golang.org/x/sys/windows"

// dropInput empties the queue of a console, and does nothing to anything else.
func dropInput(console uintptr) { _ = windows.FlushConsoleInputBuffer(windows.Handle(console)) }
