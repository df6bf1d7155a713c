package terminal

import (
	"context"
	"io"
	"time"
)

// foregroundReader reads a terminal only while this process is in its foreground: the
// system stops a background process at its first read, and connect can go on without input.
type foregroundReader struct {
	ctx  context.Context
	from io.Reader
}

// NewForegroundReader reads from a terminal while this process is in the foreground, until
// ctx ends. Files and pipes are returned as they are.
func NewForegroundReader(ctx context.Context, from io.Reader) io.Reader {
	terminal, ok := from.(interface{ Fd() uintptr })
	if !ok || !isTerminalAt(terminal.Fd()) {
		return from
	}
	keepFromStopping()
	return foregroundReader{ctx, from}
}

// betweenLooks is how often the reader looks whether it is in the foreground again.
const betweenLooks = 200 * time.Millisecond

func (a foregroundReader) Read(p []byte) (int, error) {
	terminal := a.from.(interface{ Fd() uintptr }).Fd()
	for {
		if inForeground(terminal) {
			n, err := a.from.Read(p)
			if n > 0 || err == nil || inForeground(terminal) {
				return n, err
			}
		}
		select {
		case <-time.After(betweenLooks):
		case <-a.ctx.Done():
			return 0, io.EOF
		}
	}
}
