package terminal

import (
	"context"
	"io"
	"time"
)

// foregroundReader is standard input that is read only while its terminal belongs to this
// process: a shell stops what it put in the background at its first read, and what
// need not be typed is no reason to stop. Files and pipes are read as they are.
type foregroundReader struct {
	ctx  context.Context
	from io.Reader
}

// NewForegroundReader begins such reading, which ends with ctx.
func NewForegroundReader(ctx context.Context, from io.Reader) io.Reader {
	terminal, ok := from.(interface{ Fd() uintptr })
	if !ok || !isTerminalAt(terminal.Fd()) {
		return from
	}
	keepFromStopping()
	return foregroundReader{ctx, from}
}

// betweenLooks is how soon it is seen that the terminal was given back.
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
